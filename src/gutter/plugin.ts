/**
 * Wires the tag gutter into every Python editor, file or cell, and names its
 * commands. The user's switch is among the settings of the code editors.
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
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { tellInfo } from '../state/telling';
import { CommandIds, ISession } from '../tokens';
import { tagGutter } from './markers';
import { TagOpener } from './opening';
import { tagText } from './tag-text';
import { TagWalk } from './walking';

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'nanochat-learn:gutter',
  description: 'Marks the tags in Python code and opens what they name.',
  autoStart: true,
  requires: [IEditorExtensionRegistry, ISession],
  optional: [IEditorTracker, INotebookTracker, ITranslator],
  activate
};

export default plugin;

function activate(
  app: JupyterFrontEnd,
  extensions: IEditorExtensionRegistry,
  session: ISession,
  editors: IEditorTracker | null,
  notebooks: INotebookTracker | null,
  translator: ITranslator | null
): void {
  const trans = (translator ?? nullTranslator).load('nanochat_learn');
  const opener = new TagOpener(app.commands, session, trans);
  const walk = new TagWalk(editors, notebooks);

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
          tagGutter(trans, (tags, event) => opener.choose(tags, event)),
          tagText(tag => opener.open(tag), opener.describe)
        ])
    })
  );

  app.commands.addCommand(CommandIds.openTag, {
    label: trans.__('Open the Tag on This Line'),
    caption: trans.__('What the tag at the cursor names: a concept, a picture'),
    describedBy: { args: { type: 'object', properties: {} } },
    execute: () => {
      const tag = walk.tagAtCursor(app.shell.currentWidget);
      if (tag === null) {
        tellInfo(
          trans.__(
            'There is no tag on this line. Tags look like “# @learn:attention.rope”.'
          )
        );
      } else {
        opener.open(tag);
      }
    }
  });

  app.commands.addCommand(CommandIds.nextTag, {
    label: trans.__('Go to the Next Tag'),
    caption: trans.__(
      'Put the cursor on the next tag of this file or notebook'
    ),
    describedBy: { args: { type: 'object', properties: {} } },
    execute: async () => {
      if (!(await walk.next(app.shell.currentWidget))) {
        tellInfo(trans.__('This document has no tags.'));
      }
    }
  });
}
