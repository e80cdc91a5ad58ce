/**
 * Markdown that grows, drawn by JupyterLab's own renderer without flicker: a block that is
 * finished is drawn once, the last one at most every 80 ms, and what is new takes the place
 * of what was only when it is ready.
 */
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';

import { blocksOf, withoutOpenEnd } from './blocks';

const MARKDOWN = 'text/markdown';
/** Milliseconds between two drawings of the block that grows. */
const PAUSE = 80;

interface IBlock {
  readonly source: string;
  readonly node: HTMLElement;
  readonly left: AbortController;
}

/** What is done with a block before it is seen; `signal` aborts when it leaves. */
export type Finish = (
  node: HTMLElement,
  whole: boolean,
  signal: AbortSignal
) => void;

export class GrowingMarkdown {
  constructor(
    private readonly _host: HTMLElement,
    private readonly _rendermime: IRenderMimeRegistry,
    private readonly _finish: Finish
  ) {}

  /** Show `text` soon; `whole` when nothing comes after it. Resolves when it stands. */
  show(text: string, whole: boolean): Promise<void> {
    this._wanted = { text, whole };
    this._drawing ??= this._draw().finally(() => {
      this._drawing = null;
    });
    return this._drawing;
  }

  dispose(): void {
    this._gone = true;
    this._blocks.forEach(({ left }) => left.abort());
    this._blocks = [];
  }

  private async _draw(): Promise<void> {
    while (this._wanted !== null && !this._gone) {
      const { text, whole } = this._wanted;
      this._wanted = null;
      await this._become(
        whole ? [text] : blocksOf(withoutOpenEnd(text)),
        whole
      );
      if (!whole) {
        await new Promise(resolve => setTimeout(resolve, PAUSE));
      }
    }
  }

  private async _become(
    sources: readonly string[],
    whole: boolean
  ): Promise<void> {
    const kept = whole ? 0 : this._common(sources);
    const fresh: IBlock[] = [];
    for (const source of sources.slice(kept)) {
      fresh.push(await this._block(source, whole));
    }
    if (this._gone) {
      fresh.forEach(({ left }) => left.abort());
      return;
    }
    const gone = this._blocks.slice(kept);
    this._blocks = [...this._blocks.slice(0, kept), ...fresh];
    this._host.replaceChildren(...this._blocks.map(({ node }) => node));
    gone.forEach(({ left }) => left.abort());
  }

  private _common(sources: readonly string[]): number {
    const differs = sources.findIndex(
      (source, at) => this._blocks[at]?.source !== source
    );
    return differs === -1 ? sources.length : differs;
  }

  private async _block(source: string, whole: boolean): Promise<IBlock> {
    const left = new AbortController();
    const renderer = this._rendermime.createRenderer(MARKDOWN);
    const model = this._rendermime.createModel({
      data: { [MARKDOWN]: source }
    });
    await renderer.renderModel(model);
    this._finish(renderer.node, whole, left.signal);
    // The node is put into the page by hand; formulas are set when a widget is attached.
    MessageLoop.sendMessage(renderer, Widget.Msg.AfterAttach);
    return { source, node: renderer.node, left };
  }

  private _blocks: readonly IBlock[] = [];
  private _wanted: { text: string; whole: boolean } | null = null;
  private _drawing: Promise<void> | null = null;
  private _gone = false;
}
