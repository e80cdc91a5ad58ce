/**
 * The body of one message in the list of `@jupyter/chat`: a question as it was typed, or an
 * answer that grows. The list draws a body once; from then on it follows the conversation
 * by itself, so that an answer that grows never rebuilds the list.
 */
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { Widget } from '@lumino/widgets';

import type { NodeId } from '../../api/types.gen';
import { element } from '../../markdown/dom';
import { withLinks } from '../../markdown/links';
import { Lights } from '../../markdown/lights';
import type { ISession } from '../../tokens';
import { type AnswerState, type IAnswer, textOf } from '../talk/entries';
import type { Talk } from '../talk/talk';
import { makeChips, markUnsupported, plainHeadings } from './chips';
import { addCodeTools, type ICodeContext } from './code-tools';
import { GrowingMarkdown } from './growing';

export interface IBodyContext extends ICodeContext {
  readonly talk: Talk;
  readonly session: ISession;
  readonly rendermime: IRenderMimeRegistry;
  open(id: NodeId): void;
}

/** A question: text, never Markdown; what was sent along stands below it. */
export function questionBody(text: string, name: string): Widget {
  const widget = new Widget();
  widget.addClass('jp-NanochatLearn-question');
  widget.node.setAttribute('role', 'group');
  widget.node.setAttribute('aria-label', name);
  widget.node.append(element('p', {}, text));
  return widget;
}

export class AnswerBody extends Widget {
  constructor(
    private readonly _key: string,
    private readonly _context: IBodyContext
  ) {
    super();
    const { talk, trans } = _context;
    this.addClass('jp-NanochatLearn-reply');
    this.node.setAttribute('role', 'group');
    this.node.setAttribute('aria-label', trans.__('Answer'));
    this._progress = element('p', { class: 'jp-NanochatLearn-phase' });
    const text = element('div', { class: 'jp-NanochatLearn-replyText' });
    this.node.append(text, this._progress);
    this._markdown = new GrowingMarkdown(
      text,
      _context.rendermime,
      (node, whole, signal) => this._finish(node, whole, signal)
    );
    talk.grew.connect(this._onGrew, this);
    const state = talk.answer(_key)?.state;
    const drawn = state === undefined ? null : this._show(state);
    this.ready =
      drawn === null || state?.kind === 'working' ? Promise.resolve() : drawn;
  }

  /** Resolves when an answer that is there already stands; at once for one that grows. */
  readonly ready: Promise<void>;

  override dispose(): void {
    this._context.talk.grew.disconnect(this._onGrew, this);
    this._markdown.dispose();
    super.dispose();
  }

  private _onGrew(_: Talk, entry: IAnswer): void {
    if (entry.key === this._key) {
      void this._show(entry.state);
    }
  }

  private async _show(state: AnswerState): Promise<void> {
    const working = state.kind === 'working';
    this.node.setAttribute('aria-busy', String(working));
    this._progress.hidden = !working;
    this._progress.textContent = working
      ? state.sentence || this._context.trans.__('Asking…')
      : '';
    const { text, citations } = textOf(state);
    const links = Object.fromEntries(citations.map(({ id }) => [id, id]));
    if (text !== '') {
      await this._markdown.show(withLinks(text, links), !working);
    }
  }

  private _finish(
    node: HTMLElement,
    whole: boolean,
    signal: AbortSignal
  ): void {
    const { session, talk, trans, open } = this._context;
    const state = talk.answer(this._key)?.state;
    if (state === undefined) {
      return;
    }
    const { citations, unsupported } = textOf(state);
    plainHeadings(node);
    const lights = new Lights(session, signal, 'tutor');
    makeChips(node, { citations, lights, trans, open });
    markUnsupported(node, unsupported, trans);
    if (whole) {
      whenInPage(node, signal, () => addCodeTools(node, this._context, signal));
    }
  }

  private readonly _progress: HTMLElement;
  private readonly _markdown: GrowingMarkdown;
}

/** Outputs of code are widgets, which need a node in the page. */
function whenInPage(
  node: HTMLElement,
  signal: AbortSignal,
  act: () => void
): void {
  const observer = new ResizeObserver(() => {
    if (node.isConnected) {
      observer.disconnect();
      act();
    }
  });
  observer.observe(node);
  signal.addEventListener('abort', () => observer.disconnect());
}
