/** Asking about a notebook cell and about an error output. What a notebook is given, and no more. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { askIcon } from '../parts/ask-icon';
import { errorOf } from '../parts/cell-error';
import { tellInfo } from '../state/telling';
import { CommandIds } from '../tokens';
import { errorFactory } from './error-output';

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'nanochat-learn:cells',
  description: 'Ask about a notebook cell or an error.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [IRenderMimeRegistry, ITranslator],
  activate
};

export default plugin;

function activate(
  app: JupyterFrontEnd,
  notebooks: INotebookTracker,
  rendermime: IRenderMimeRegistry | null,
  translator: ITranslator | null
): void {
  const { commands } = app;
  const trans = (translator ?? nullTranslator).load('nanochat_learn');
  const ask = (cell: INotebookTracker['activeCell'], error: string): void => {
    const source = cell?.model.sharedModel.getSource() ?? '';
    if (source.trim() === '' && error === '') {
      tellInfo(trans.__('This cell is empty. There is nothing to ask about.'));
    } else {
      void commands.execute(CommandIds.askAbout, { cell: source, error });
    }
  };

  commands.addCommand(CommandIds.askCell, {
    label: trans.__('Ask about This Cell'),
    caption: trans.__('Ask the tutor about this cell, and its error if any'),
    icon: askIcon,
    describedBy: { args: { type: 'object', properties: {} } },
    isEnabled: () => notebooks.activeCell !== null,
    execute: () => {
      const cell = notebooks.activeCell;
      ask(cell, cell === null ? '' : errorOf(cell.model.toJSON()));
    }
  });
  notebooks.activeCellChanged.connect(() =>
    commands.notifyCommandChanged(CommandIds.askCell)
  );

  const label = trans.__('Ask about this error');
  const factory = errorFactory((error, node) => {
    const cells = notebooks.find(panel => panel.node.contains(node))?.content
      .widgets;
    ask(cells?.find(cell => cell.node.contains(node)) ?? null, error);
  }, label);
  rendermime?.addFactory(factory);
}
