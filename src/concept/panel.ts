/**
 * The concept panel: which concept is shown, the way back, loading and failing. What
 * a page looks like is in `page.ts`, loaded with the first page; nothing is asked of
 * the server while the panel is hidden.
 */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import { type ISignal, Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';

import { ApiError } from '../api/failure';
import type { Cluster, ConceptId, ConceptPage } from '../api/types.gen';
import { loadedGraph } from '../state/graph';
import type { IApi, IField, ISession } from '../tokens';
import { element } from '../markdown/dom';
import {
  canStep,
  current,
  EMPTY,
  type IHistory,
  stepped,
  visit
} from './history';
import { empty, failed, type INoticeActions } from './notices';
import { Tools } from './tools';

/** What the panel asks the rest of the extension to do. */
export interface IPanelActions extends INoticeActions {
  back(): void;
  forward(): void;
  focusInGraph(id: ConceptId): void;
  ask(id: ConceptId): void;
}

/** Resolves when the page stands; `note` when its note is rendered too. */
export type DrawPage = (
  host: HTMLElement,
  page: ConceptPage,
  cluster: Cluster | null,
  signal: AbortSignal
) => Promise<{ readonly note: Promise<void> }>;

export interface IPanelOptions {
  readonly api: IApi;
  readonly session: ISession;
  readonly trans: TranslationBundle;
  readonly actions: IPanelActions;
  /** Whether the full mathematics of notes stands open. */
  readonly mathematics: IField<boolean>;
  readonly draw: DrawPage;
}

/** The panel's widget. */
export class ConceptPanel extends Widget {
  constructor(private readonly _options: IPanelOptions) {
    super();
    this.addClass('jp-NanochatLearn-concept');
    const { actions, mathematics, trans } = _options;
    this._tools = new Tools(
      {
        back: actions.back,
        forward: actions.forward,
        showOnMap: () => this._withCurrent(actions.focusInGraph),
        ask: () => this._withCurrent(actions.ask)
      },
      mathematics,
      trans
    );
    this._content = element('div', { class: 'jp-NanochatLearn-page' });
    this._spoken = element('div', {
      class: 'jp-NanochatLearn-spoken',
      attributes: { role: 'status' }
    });
    this.node.append(this._tools.node, this._spoken, this._content);
    _options.session.graph.changed.connect(this._onGraph, this);
  }

  /** The concept in view, or null. */
  get current(): ConceptId | null {
    return current(this._history);
  }

  /** Another concept is in view. */
  get changed(): ISignal<this, ConceptId | null> {
    return this._changed;
  }

  canStep(step: -1 | 1): boolean {
    return canStep(this._history, step);
  }

  /** Show a concept; it is fetched as soon as the panel is visible. */
  open(id: ConceptId): void {
    this._go(visit(this._history, id));
  }

  /** Back (-1) or forward (1). */
  step(step: -1 | 1): void {
    this._go(stepped(this._history, step));
  }

  override dispose(): void {
    this._leave();
    this._tools.dispose();
    Signal.clearData(this);
    super.dispose();
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this._draw();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this._draw();
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this._focusDue = true;
    this._draw();
    this._focus();
  }

  private _go(history: IHistory<ConceptId>): void {
    const before = this.current;
    if (before !== null) {
      this._scrolled.set(before, this._content.scrollTop);
    }
    this._history = history;
    if (this.current !== before) {
      // Whoever follows a link by keyboard goes on reading on the new page.
      this._focusDue ||= this._content.contains(document.activeElement);
      this._leave();
      this._draw();
      this._changed.emit(this.current);
    } else {
      this._draw();
    }
  }

  /** The notes may have changed with the index: the page in view is asked for again. */
  private _onGraph(): void {
    const id = this.current;
    const hash = this._hash();
    if (id === null || hash === null || this._drawnFrom === null) {
      return;
    }
    if (hash !== this._drawnFrom) {
      this._scrolled.set(id, this._content.scrollTop);
      this._focusDue ||= this._content.contains(document.activeElement);
      this._leave();
      this._draw();
    }
  }

  private _hash(): string | null {
    const graph = this._options.session.graph.value;
    return graph.kind === 'ready' ? graph.value.content_hash : null;
  }

  private _leave(): void {
    this._shown?.abort();
    this._shown = null;
    this._drawnFrom = null;
  }

  private _withCurrent(act: (id: ConceptId) => void): void {
    if (this.current !== null) {
      act(this.current);
    }
  }

  private _draw(): void {
    this._tools.set({
      back: this.canStep(-1),
      forward: this.canStep(1),
      concept: this.current !== null
    });
    if (!this.isVisible || this._shown !== null) {
      return;
    }
    const id = this.current;
    if (id === null) {
      const { actions, trans } = this._options;
      this._content.replaceChildren(empty(actions, trans));
      return;
    }
    this._shown = new AbortController();
    void this._show(id, this._shown.signal);
  }

  private async _show(id: ConceptId, signal: AbortSignal): Promise<void> {
    const { api, draw, session, trans } = this._options;
    const stale = this._content.firstElementChild;
    stale?.setAttribute('aria-busy', 'true');
    this._spoken.textContent = trans.__('Loading %1…', id);
    try {
      const [page] = await Promise.all([
        api.concept(session.document.value, id),
        loadedGraph(session) // for the cluster's title and colour
      ]);
      if (signal.aborted) {
        return;
      }
      this._drawnFrom = this._hash() ?? '';
      const cluster = this._cluster(page);
      const { note } = await draw(this._content, page, cluster, signal);
      if (signal.aborted) {
        return;
      }
      this._spoken.textContent = page.title;
      this._focus();
      this._content.scrollTop = this._scrolled.get(id) ?? 0;
      await note;
      if (!signal.aborted) {
        this._content.scrollTop = this._scrolled.get(id) ?? 0;
      }
    } catch (thrown) {
      if (!signal.aborted) {
        this._fail(ApiError.from(thrown));
      }
    }
  }

  /** Title and colour of the cluster; unknown where the graph is not to be had. */
  private _cluster(page: ConceptPage): Cluster | null {
    const graph = this._options.session.graph.value;
    return graph.kind === 'ready'
      ? (graph.value.clusters.find(({ id }) => id === page.cluster) ?? null)
      : null;
  }

  private _fail(error: ApiError): void {
    const { actions, trans } = this._options;
    this._spoken.textContent = '';
    const again = (): void => {
      this._focusDue = true;
      this._leave();
      this._draw();
    };
    this._content.replaceChildren(failed(error, actions, again, trans));
    this._focus();
  }

  /** The heading takes the focus when somebody came here on purpose. */
  private _focus(): void {
    if (!this._focusDue || !this.isVisible) {
      return;
    }
    const target =
      this._content.querySelector<HTMLElement>('h2') ??
      this._content.querySelector<HTMLElement>('button');
    // While a page is loading the one before must not take what is meant for it.
    if (target !== null && target.closest('[aria-busy]') === null) {
      this._focusDue = false;
      target.focus();
    }
  }

  private readonly _tools: Tools;
  private readonly _content: HTMLElement;
  private readonly _spoken: HTMLElement;
  private readonly _scrolled = new Map<ConceptId, number>();
  private readonly _changed = new Signal<this, ConceptId | null>(this);
  private _history: IHistory<ConceptId> = EMPTY;
  /** Aborted when the page in view leaves; null while no page is in view. */
  private _shown: AbortController | null = null;
  /** Content hash of the graph when the page in view was drawn; '' without a graph. */
  private _drawnFrom: string | null = null;
  private _focusDue = false;
}
