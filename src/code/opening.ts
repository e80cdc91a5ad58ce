/**
 * Opens a document of the workspace and goes to a line or cell. Not a viewer: the
 * documents are JupyterLab's own.
 */
import { CodeMirrorEditor } from '@jupyterlab/codemirror';
import type { CodeEditor } from '@jupyterlab/codeeditor';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { IEditorTracker } from '@jupyterlab/fileeditor';
import type { INotebookTracker, Notebook } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

import { ApiError } from '../api/failure';
import type { Status } from '../api/types.gen';
import type { IApi, ISession } from '../tokens';
import { flash } from './flash';
import { type IPlace, jupyterPath } from './places';

/** The way from a workspace path to an open document. */
export class CodeOpener {
  constructor(
    private readonly _api: IApi,
    private readonly _session: ISession,
    private readonly _documents: IDocumentManager,
    private readonly _editors: IEditorTracker | null,
    private readonly _notebooks: INotebookTracker | null,
    private readonly _trans: TranslationBundle
  ) {}

  /** Open a file without going anywhere in it. Throws `ApiError`. */
  async openFile(filePath: string): Promise<void> {
    await this._open(filePath);
  }

  /** Open a file, go to its lines and light them. Throws `ApiError`. */
  async openPlace(place: IPlace): Promise<void> {
    const widget = await this._open(place.filePath);
    if (widget === undefined || widget.isDisposed) {
      return; // Another browser tab shows it (Notebook 7): out of reach from here.
    }
    await widget.context.ready;
    await widget.revealed;
    const editor = this._editors?.find(candidate => candidate === widget);
    if (editor !== undefined) {
      light(editor.content.editor, place);
      return;
    }
    const panel = this._notebooks?.find(candidate => candidate === widget);
    if (panel !== undefined) {
      await this._goToCell(panel.content, place);
    }
  }

  private async _open(filePath: string) {
    const path = jupyterPath(await this._status(), filePath);
    if (path === null) {
      throw new ApiError(
        this._trans.__('There is no workspace here.'),
        this._trans.__('Prepare one from the Learn menu.'),
        'no_workspace',
        0
      );
    }
    try {
      await this._documents.services.contents.get(path, { content: false });
    } catch {
      throw new ApiError(
        this._trans.__('%1 is not there any more.', filePath),
        this._trans.__(
          'Index the workspace again to bring the map up to date.'
        ),
        'not_found',
        404
      );
    }
    return this._documents.openOrReveal(path);
  }

  private _status(): Promise<Status> {
    const known = this._session.status.value;
    return known.kind === 'ready'
      ? Promise.resolve(known.value)
      : this._api.status(this._session.document.value);
  }

  private async _goToCell(notebook: Notebook, place: IPlace): Promise<void> {
    if (place.cell === null) {
      return;
    }
    const index = notebook.widgets.findIndex(
      candidate => candidate.model.id === place.cell
    );
    const cell = notebook.widgets[index];
    if (cell === undefined) {
      throw new ApiError(
        this._trans.__('That cell is not in the notebook any more.'),
        this._trans.__(
          'Index the workspace again to bring the map up to date.'
        ),
        'not_found',
        404
      );
    }
    notebook.activeCellIndex = index;
    await notebook.scrollToCell(cell, 'center');
    await cell.ready;
    light(cell.editor, place);
  }
}

function light(editor: CodeEditor.IEditor | null, place: IPlace): void {
  if (editor instanceof CodeMirrorEditor) {
    flash(editor.editor, place.line, place.endLine);
    editor.focus();
  }
}
