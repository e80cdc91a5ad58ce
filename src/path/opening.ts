/** Opens a lesson's notebook and goes to the cell of an item. The opening itself is `openCode`. */
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import { CommandIds, type ISession } from '../tokens';
import { offerCellsAbove } from './fresh-kernel';
import { type ICell, placeOf } from './places';

export async function openLesson(
  filePath: string,
  item: string | null,
  commands: CommandRegistry,
  notebooks: INotebookTracker | null,
  session: ISession,
  trans: TranslationBundle
): Promise<void> {
  await commands.execute(CommandIds.openCode, { filePath, line: 1 });
  const panel = openPanel(filePath, notebooks, session);
  if (item === null || panel === null) {
    return; // Opened at its top, or in another tab (Notebook 7).
  }
  const place = placeOf(cellsOf(panel), item);
  if (place !== null) {
    await commands.execute(CommandIds.openCode, { filePath, ...place });
    // The learner reads on meanwhile: a kernel may take long to start.
    offerCellsAbove(panel, commands, trans).catch(() => undefined);
  }
}

/** The open notebook of this workspace path. */
export function openPanel(
  filePath: string,
  notebooks: INotebookTracker | null,
  session: ISession
): NotebookPanel | null {
  const status = session.status.value;
  const prefix =
    status.kind === 'ready' ? (status.value.workspace?.prefix ?? '') : '';
  const path = prefix === '' ? filePath : `${prefix}/${filePath}`;
  return notebooks?.find(({ context }) => context.localPath === path) ?? null;
}

function cellsOf({ content }: NotebookPanel): ICell[] {
  return content.widgets.map(({ model }) => {
    const exercise: unknown = model.getMetadata('exercise');
    return {
      id: model.id,
      exercise: typeof exercise === 'string' ? exercise : null,
      source: model.sharedModel.getSource()
    };
  });
}
