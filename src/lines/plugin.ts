/**
 * Shapes on the line: what the lines of the code made in the newest recorded run, at
 * their ends, in files and notebook cells.
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
import { INotebookTracker, NotebookActions } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { OpenDocuments } from '../state/documents';
import { Field } from '../state/field';
import { IApi, ISession } from '../tokens';
import { shapeChips } from './chips';
import { addCommands } from './commands';
import { ShapeEditors } from './editors';
import { NewestTrace } from './newest';
import { ShapeTooltips } from './tooltip';
import { chipText, spokenText } from './words';

const ID = 'nanochat-learn:lines';

const plugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'Shows at line ends what a recorded run made there.',
  autoStart: true,
  requires: [IEditorExtensionRegistry, IApi, ISession],
  optional: [IEditorTracker, INotebookTracker, ISettingRegistry, ITranslator],
  activate
};

export default plugin;

function activate(
  app: JupyterFrontEnd,
  extensions: IEditorExtensionRegistry,
  api: IApi,
  session: ISession,
  editors: IEditorTracker | null,
  notebooks: INotebookTracker | null,
  settings: ISettingRegistry | null,
  translator: ITranslator | null
): void {
  const trans = (translator ?? nullTranslator).load('nanochat_learn');
  const documents = new OpenDocuments(editors, notebooks);
  const newest = new NewestTrace(api);
  const on = new Field(true);
  const tooltips = new ShapeTooltips(trans);
  const shown = new ShapeEditors(documents, newest.shown, on);
  keepCleared(newest);

  extensions.addExtension(
    Object.freeze({
      name: 'nanochat-learn:lines',
      factory: () =>
        EditorExtensionRegistry.createImmutableExtension([
          shapeChips({
            text: chipText,
            spoken: (record, stale) => spokenText(record, stale, trans),
            pointed: tooltips.pointed
          }),
          tooltips.extension,
          shown.extension
        ])
    })
  );

  const look = (): void => {
    if (on.value && session.document.value !== '') {
      void newest.refresh(session.document.value);
    }
  };
  session.document.changed.connect(look);
  on.changed.connect(look);
  NotebookActions.executed.connect((_, { notebook }) => {
    const panel = notebooks?.find(({ content }) => content === notebook);
    if (on.value && panel !== undefined) {
      void newest.refresh(panel.context.localPath);
    }
  });
  // A script in a terminal records, too: seen when the learner comes back.
  window.addEventListener('focus', look);

  const switchTo = followSetting(settings, on);
  addCommands(app, { documents, newest, tooltips, on, switchTo, trans });
}

const CLEARED = 'nanochat-learn:cleared-shapes';

/** What was cleared stays so over a reload of the page. */
function keepCleared({ cleared }: NewestTrace): void {
  try {
    cleared.set(window.localStorage.getItem(CLEARED) ?? '');
    cleared.changed.connect((_, mark) =>
      window.localStorage.setItem(CLEARED, mark)
    );
  } catch {
    // A browser that keeps nothing shows the shapes again.
  }
}

/** The setting in `on`; what comes back switches it. */
function followSetting(
  settings: ISettingRegistry | null,
  on: Field<boolean>
): (value: boolean) => void {
  const loaded = settings
    ?.load(ID)
    .then(found => {
      const read = (): void => on.set(found.composite.showShapes !== false);
      found.changed.connect(read);
      read();
      return found;
    })
    .catch((thrown: unknown) => {
      console.warn('Settings of shapes on the line:', thrown);
      return undefined;
    });
  return value => {
    on.set(value);
    void loaded?.then(found => found?.set('showShapes', value));
  };
}
