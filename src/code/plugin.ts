/**
 * Names the commands that open code, and any node: code in the editor, a concept or
 * picture in the concept panel, a lesson as notebook.
 */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IEditorTracker } from '@jupyterlab/fileeditor';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import type { NodeId } from '../api/types.gen';
import { tellError } from '../state/telling';
import { CommandIds, IApi, ISession } from '../tokens';
import { NodeOpener } from './nodes';
import { CodeOpener } from './opening';
import type { IPlace } from './places';

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'nanochat-learn:code',
  description: 'Opens code at the line, and any node of the graph.',
  autoStart: true,
  requires: [IApi, ISession, IDocumentManager],
  optional: [IEditorTracker, INotebookTracker, ITranslator],
  activate
};

export default plugin;

function activate(
  app: JupyterFrontEnd,
  api: IApi,
  session: ISession,
  documents: IDocumentManager,
  editors: IEditorTracker | null,
  notebooks: INotebookTracker | null,
  translator: ITranslator | null
): void {
  const trans = (translator ?? nullTranslator).load('nanochat_learn');
  const code = new CodeOpener(
    api,
    session,
    documents,
    editors,
    notebooks,
    trans
  );
  const nodes = new NodeOpener(app.commands, api, session, code, trans);

  app.commands.addCommand(CommandIds.openCode, {
    label: trans.__('Open Code at a Line'),
    describedBy: {
      args: {
        type: 'object',
        required: ['filePath', 'line'],
        properties: {
          filePath: { type: 'string', description: 'Path in the workspace' },
          line: { type: 'integer', minimum: 1 },
          endLine: { type: 'integer', minimum: 1 },
          cell: { type: 'string', description: 'Id of a notebook cell' }
        }
      }
    },
    execute: args => told(() => code.openPlace(placeFrom(args)))
  });

  app.commands.addCommand(CommandIds.openNode, {
    label: trans.__('Open a Node of the Graph'),
    describedBy: {
      args: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'string' } }
      }
    },
    execute: args => told(() => nodes.open(String(args.id) as NodeId))
  });
}

function placeFrom(args: ReadonlyPartialJSONObject): IPlace {
  const line = typeof args.line === 'number' ? args.line : 1;
  return {
    filePath: String(args.filePath),
    line,
    endLine: typeof args.endLine === 'number' ? args.endLine : line,
    cell: typeof args.cell === 'string' ? args.cell : null
  };
}

/** Run an opening; what goes wrong becomes a notification with its next step. */
async function told(open: () => Promise<void>): Promise<void> {
  try {
    await open();
  } catch (thrown) {
    tellError(thrown);
  }
}
