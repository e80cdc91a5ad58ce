/**
 * The open documents as editors: the one that is looked at, and the file or cell that an
 * editor shows. Both trackers are optional.
 */
import { CodeMirrorEditor } from '@jupyterlab/codemirror';
import type { CodeEditor } from '@jupyterlab/codeeditor';
import type { IEditorTracker } from '@jupyterlab/fileeditor';
import type { INotebookTracker, Notebook } from '@jupyterlab/notebook';
import type { EditorView } from '@codemirror/view';
import type { Widget } from '@lumino/widgets';

/** Where an editor's text comes from: a path inside Jupyter's root, and a cell. */
export interface ISource {
  readonly path: string;
  readonly cell: string | null;
}

export class OpenDocuments {
  constructor(
    private readonly _editors: IEditorTracker | null,
    private readonly _notebooks: INotebookTracker | null
  ) {}

  notebook(current: Widget | null): Notebook | null {
    const panel = this._notebooks?.find(candidate => candidate === current);
    return panel?.content ?? null;
  }

  /** The editor with the cursor, in the document that is looked at. */
  view(current: Widget | null): EditorView | null {
    const notebook = this.notebook(current);
    if (notebook !== null) {
      return viewOf(notebook.activeCell?.editor ?? null);
    }
    const document = this._editors?.find(candidate => candidate === current);
    return viewOf(document?.content.editor ?? null);
  }

  source(view: EditorView): ISource | null {
    const document = this._editors?.find(
      candidate => viewOf(candidate.content.editor) === view
    );
    if (document !== undefined) {
      return { path: document.context.localPath, cell: null };
    }
    const panel = this._notebooks?.find(candidate =>
      candidate.node.contains(view.dom)
    );
    const cell = panel?.content.widgets.find(
      candidate => viewOf(candidate.editor) === view
    );
    return panel === undefined || cell === undefined
      ? null
      : { path: panel.context.localPath, cell: cell.model.id };
  }
}

export function viewOf(editor: CodeEditor.IEditor | null): EditorView | null {
  return editor instanceof CodeMirrorEditor ? editor.editor : null;
}
