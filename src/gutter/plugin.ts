/**
 * Wires the tag gutter into every Python editor, file or cell. The switch for the marks
 * is among the settings of the code editors; the one for folding is our own.
 */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import {
  EditorExtensionRegistry,
  IEditorExtensionRegistry
} from '@jupyterlab/codemirror';
import { IEditorTracker } from '@jupyterlab/fileeditor';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { OpenDocuments } from '../state/documents';
import { Field } from '../state/field';
import { ISession } from '../tokens';
import { addCommands } from './commands';
import { tagFolding } from './fold-keys';
import { tagLights } from './lighting';
import { tagGutter } from './markers';
import { TagOpener } from './opening';
import { CodePointing, tagPointing } from './pointing';
import { spansOf } from './spans';
import { tagText } from './tag-text';
import { hoverMarker, tagTooltips } from './tooltip';

const ID = 'nanochat-learn:gutter';

const plugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'Marks the tags in Python code and opens what they name.',
  autoStart: true,
  requires: [IEditorExtensionRegistry, ISession],
  optional: [IEditorTracker, INotebookTracker, ISettingRegistry, ITranslator],
  activate
};

export default plugin;

function activate(
  app: JupyterFrontEnd,
  extensions: IEditorExtensionRegistry,
  session: ISession,
  editors: IEditorTracker | null,
  notebooks: INotebookTracker | null,
  settings: ISettingRegistry | null,
  translator: ITranslator | null
): void {
  const trans = (translator ?? nullTranslator).load('nanochat_learn');
  const opener = new TagOpener(app.commands, session, trans);
  const documents = new OpenDocuments(editors, notebooks);
  const pointing = new CodePointing(session.pointing);
  const folding = new Field(false);
  const fold = followSetting(settings, folding);

  extensions.addExtension(
    Object.freeze({
      name: 'nanochat-learn:tags',
      default: true,
      schema: {
        type: 'boolean',
        title: trans.__('Marks for learning tags'),
        description: trans.__(
          'A mark beside each tag such as “# @learn:attention.rope” in Python code; click it, or press Enter inside the tag, to open what it names.'
        )
      },
      // The language of an editor is often known only later: each extension looks
      // at the editor's own state and stays empty where it is not Python.
      factory: () =>
        EditorExtensionRegistry.createConditionalExtension([
          tagGutter({
            choose: (tags, event) => opener.choose(tags, event),
            hover: (view, place, tags) => {
              hoverMarker(view, place, tags);
              pointing.hover(tags ?? []);
            }
          }),
          tagText(tag => opener.open(tag)),
          tagTooltips(opener),
          tagFolding(folding, trans),
          tagPointing(pointing),
          tagLights(session.pointing, (view, ids) =>
            spansOf(documents, session, view, ids)
          )
        ])
    })
  );

  addCommands(app, { documents, session, opener, folding, fold, trans });
}

/** The setting in `folding`; what comes back switches it. */
function followSetting(
  settings: ISettingRegistry | null,
  folding: Field<boolean>
): (on: boolean) => void {
  const loaded = settings
    ?.load(ID)
    .then(found => {
      const read = (): void => folding.set(found.composite.foldTags === true);
      found.changed.connect(read);
      read();
      return found;
    })
    .catch((thrown: unknown) => {
      console.warn('Settings of learning tags:', thrown);
      return undefined;
    });
  return on => {
    folding.set(on);
    void loaded?.then(found => found?.set('foldTags', on));
  };
}
