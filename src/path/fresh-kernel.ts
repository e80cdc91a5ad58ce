/** After a restart a kernel knows nothing of the lesson: the cells above are offered to be run. */
import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

const RUN = 'notebook:run-all-above';
/** True once the set-up cell has run. Read by Python, which counts nothing for it. */
const BEGUN = "'set_up' in globals()";

/** Resolves with whether it was offered. A kernel that does not answer is left alone. */
export async function offerCellsAbove(
  panel: NotebookPanel,
  commands: CommandRegistry,
  trans: TranslationBundle
): Promise<boolean> {
  await panel.sessionContext.ready;
  const kernel = panel.sessionContext.session?.kernel ?? null;
  const { activeCellIndex } = panel.content;
  if (kernel === null || activeCellIndex < 1 || !commands.hasCommand(RUN)) {
    return false;
  }
  const { content } = await kernel.requestExecute({
    code: '',
    silent: true,
    store_history: false,
    user_expressions: { begun: BEGUN }
  }).done;
  const told =
    content.status === 'ok' ? content.user_expressions.begun : undefined;
  if (JSON.stringify(told)?.includes('False') !== true) {
    return false;
  }
  Notification.info(
    trans.__(
      'This kernel has not run the cells above yet. Answers need no kernel; code does.'
    ),
    {
      autoClose: 15_000,
      actions: [
        {
          label: trans.__('Run the cells above'),
          callback: () => {
            panel.content.activeCellIndex = activeCellIndex;
            void commands.execute(RUN);
          }
        }
      ]
    }
  );
  return true;
}
