/**
 * Tags by keyboard: the tag at the cursor, and the next one, in the editor that is
 * active. In a notebook the walk goes on from cell to cell and starts over at the top.
 */
import { CodeMirrorEditor } from '@jupyterlab/codemirror';
import type { CodeEditor } from '@jupyterlab/codeeditor';
import type { IEditorTracker } from '@jupyterlab/fileeditor';
import type { INotebookTracker, Notebook } from '@jupyterlab/notebook';
import { EditorView } from '@codemirror/view';
import type { Widget } from '@lumino/widgets';

import { tagAfter, tagOnLine } from './candidates';
import { findInLine, type Tag } from './tags';

/** Moves among the tags of whatever the learner edits. */
export class TagWalk {
  constructor(
    private readonly _editors: IEditorTracker | null,
    private readonly _notebooks: INotebookTracker | null
  ) {}

  /** The tag on the cursor's line, or null. */
  tagAtCursor(current: Widget | null): Tag | null {
    const view = this._view(current);
    return view === null
      ? null
      : (tagOnLine(view.state, view.state.selection.main.head)?.tag ?? null);
  }

  /** Put the cursor on the next tag; false when there is none. */
  async next(current: Widget | null): Promise<boolean> {
    const view = this._view(current);
    if (view !== null && goToTag(view, view.state.selection.main.head)) {
      return true;
    }
    const notebook = this._notebook(current);
    if (notebook !== null) {
      return nextInCells(notebook);
    }
    return view !== null && goToTag(view, -1);
  }

  private _notebook(current: Widget | null): Notebook | null {
    const panel = this._notebooks?.find(candidate => candidate === current);
    return panel?.content ?? null;
  }

  private _view(current: Widget | null): EditorView | null {
    const notebook = this._notebook(current);
    if (notebook !== null) {
      return viewOf(notebook.activeCell?.editor ?? null);
    }
    const document = this._editors?.find(candidate => candidate === current);
    return viewOf(document?.content.editor ?? null);
  }
}

function viewOf(editor: CodeEditor.IEditor | null): EditorView | null {
  return editor instanceof CodeMirrorEditor ? editor.editor : null;
}

/** Cursor just behind the `@` of the first tag after a place, where Enter opens it. */
function goToTag(view: EditorView, place: number): boolean {
  const found = tagAfter(view.state, place);
  if (found === null) {
    return false;
  }
  const anchor = found.at + 1;
  view.dispatch({
    selection: { anchor },
    effects: EditorView.scrollIntoView(anchor, { y: 'center' })
  });
  view.focus();
  return true;
}

async function nextInCells(notebook: Notebook): Promise<boolean> {
  const count = notebook.widgets.length;
  const start = notebook.activeCellIndex;
  for (let step = 1; step <= count; step++) {
    const index = (start + step) % count;
    const cell = notebook.widgets[index];
    if (
      cell?.model.type !== 'code' ||
      !mayHoldTag(cell.model.sharedModel.getSource())
    ) {
      continue;
    }
    // The text may lie in a string, so the editor decides; it may not be made yet.
    await notebook.scrollToCell(cell, 'smart');
    await cell.ready;
    const view = viewOf(cell.editor);
    if (view !== null && tagAfter(view.state, -1) !== null) {
      notebook.activeCellIndex = index;
      notebook.mode = 'edit';
      return goToTag(view, -1);
    }
  }
  return false;
}

function mayHoldTag(source: string): boolean {
  return source.split('\n').some(line => findInLine(line).length > 0);
}
