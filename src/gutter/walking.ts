/**
 * From tag to tag by keyboard, forward and backward, round and round. A file is one
 * sheet of tags, a notebook one for each code cell.
 */
import type { Notebook } from '@jupyterlab/notebook';
import { EditorView } from '@codemirror/view';
import type { Widget } from '@lumino/widgets';

import { allTags } from './candidates';
import { type OpenDocuments, viewOf } from '../state/documents';
import { findInLine, type IPlacedTag, type Tag } from './tags';

export type Direction = 1 | -1;

/** Where a step led: the tag, its number and how many there are. */
export interface IReached {
  readonly view: EditorView;
  readonly tag: Tag;
  readonly number: number;
  readonly count: number;
}

/** One editor's text among those that are walked. */
export interface ISheet {
  readonly tags: () => number;
  /** Bring it into view; its editor may not be made yet. */
  readonly show: () => Promise<EditorView | null>;
  /** The cursor is about to come here. */
  readonly enter: () => void;
}

/** Moves among the tags of whatever the learner edits. */
export class TagWalk {
  constructor(private readonly _documents: OpenDocuments) {}

  /** Put the cursor on the next tag or the one before; null when there is none. */
  async step(
    current: Widget | null,
    direction: Direction
  ): Promise<IReached | null> {
    const view = this._documents.view(current);
    const notebook = this._documents.notebook(current);
    if (notebook !== null) {
      return walk(
        sheetsOf(notebook),
        notebook.activeCellIndex,
        view,
        direction
      );
    }
    if (view === null) {
      return null;
    }
    const sheet = {
      tags: () => allTags(view.state).length,
      show: () => Promise.resolve(view),
      enter: () => undefined
    };
    return walk([sheet], 0, view, direction);
  }
}

/** Exported for the test: the order of steps, without any document. */
export async function walk(
  sheets: readonly ISheet[],
  at: number,
  view: EditorView | null,
  direction: Direction
): Promise<IReached | null> {
  const counts = sheets.map(({ tags }) => tags());
  const count = counts.reduce((sum, tags) => sum + tags, 0);
  const reach = (
    sheet: number,
    shown: EditorView,
    index: number,
    placed: IPlacedTag
  ): IReached => {
    const before = counts.slice(0, sheet).reduce((sum, tags) => sum + tags, 0);
    sheets[sheet]?.enter();
    goTo(shown, placed);
    return { view: shown, tag: placed.tag, number: before + index + 1, count };
  };

  if (view !== null) {
    const tags = allTags(view.state);
    const { head } = view.state.selection.main;
    const index =
      direction > 0
        ? tags.findIndex(({ at }) => at > head)
        : tags.filter(({ at }) => at + 1 < head).length - 1;
    const placed = tags[index];
    if (placed !== undefined) {
      return reach(at, view, index, placed);
    }
  }
  for (let step = 1; step <= sheets.length; step++) {
    const sheet =
      (at + step * direction + step * sheets.length) % sheets.length;
    if ((counts[sheet] ?? 0) === 0) {
      continue;
    }
    const shown = (await sheets[sheet]?.show()) ?? null;
    const tags = shown === null ? [] : allTags(shown.state);
    const index = direction > 0 ? 0 : tags.length - 1;
    const placed = tags[index];
    if (shown !== null && placed !== undefined) {
      return reach(sheet, shown, index, placed);
    }
  }
  return null;
}

/** Cursor just behind the `@`, where Enter opens the tag. */
function goTo(view: EditorView, { at }: IPlacedTag): void {
  const anchor = at + 1;
  view.dispatch({
    selection: { anchor },
    effects: EditorView.scrollIntoView(anchor, { y: 'center' })
  });
  view.focus();
}

/** One sheet for each cell, also for those without tags: the index is the cell's. */
function sheetsOf(notebook: Notebook): ISheet[] {
  return notebook.widgets.map((cell, index) => ({
    tags: () => {
      if (cell.model.type !== 'code') {
        return 0;
      }
      const view = viewOf(cell.editor);
      // Without an editor only the text is known; a tag inside a string counts there.
      return view === null
        ? linesWithTags(cell.model.sharedModel.getSource())
        : allTags(view.state).length;
    },
    show: async () => {
      await notebook.scrollToCell(cell, 'smart');
      await cell.ready;
      return viewOf(cell.editor);
    },
    enter: () => {
      notebook.activeCellIndex = index;
      notebook.mode = 'edit';
    }
  }));
}

function linesWithTags(source: string): number {
  return source.split('\n').filter(line => findInLine(line).length > 0).length;
}
