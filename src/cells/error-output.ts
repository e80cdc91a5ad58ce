/**
 * An error below a cell, as JupyterLab draws it, and below it a button that asks about it.
 * The text itself is drawn by JupyterLab's own renderer.
 */
import {
  errorRendererFactory,
  type IRenderMime,
  MimeModel
} from '@jupyterlab/rendermime';
import { Panel, Widget } from '@lumino/widgets';

import { withoutColours } from '../parts/cell-error';

/** What an output of type `error` is, whole; JupyterLab has no renderer of its own for it. */
const ERROR = 'application/vnd.jupyter.error';
const DRAWN = 'application/vnd.jupyter.stderr';
/** Just before JupyterLab's own for `DRAWN`, which stands beside it in every error. */
const RANK = 109;

/** `ask` is told the error without colours, and the node it stands in. */
export type Ask = (error: string, node: HTMLElement) => void;

export function errorFactory(
  ask: Ask,
  label: string
): IRenderMime.IRendererFactory {
  return {
    safe: true,
    mimeTypes: [ERROR],
    defaultRank: RANK,
    createRenderer: options => new AskableError(options, ask, label)
  };
}

class AskableError extends Panel implements IRenderMime.IRenderer {
  constructor(options: IRenderMime.IRendererOptions, ask: Ask, label: string) {
    super();
    this.addClass('jp-NanochatLearn-error');
    this._drawn = errorRendererFactory.createRenderer({
      ...options,
      mimeType: DRAWN
    });
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'jp-NanochatLearn-do jp-NanochatLearn-askError';
    button.textContent = label;
    // Enter is the button's here, not the notebook's.
    button.dataset.lmSuppressShortcuts = 'true';
    button.onclick = () => ask(this._text, this.node);
    this.addWidget(this._drawn);
    this.addWidget(new Widget({ node: button }));
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const traceback = String(model.data[DRAWN] ?? '');
    this._text = withoutColours(traceback);
    const { trusted, metadata } = model;
    const drawn = new MimeModel({
      trusted,
      metadata,
      data: { [DRAWN]: traceback }
    });
    await this._drawn.renderModel(drawn);
  }

  private readonly _drawn: IRenderMime.IRenderer;
  private _text = '';
}
