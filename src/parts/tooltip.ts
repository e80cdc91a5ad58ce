/**
 * One tooltip for everything on the page that explains itself on hover and focus. It
 * follows what is asked of content on hover: the pointer may move onto it, Escape puts
 * it away, and it stays until the learner leaves. It is made once and shown in turn.
 */
import { element } from '../markdown/dom';

/** The pieces of an explanation, top to bottom. */
export interface IExplanation {
  readonly title: string;
  readonly text: string;
  /** A remark in small print: the state of a concept, what Enter does. */
  readonly remark: string;
}

/** So long a pointer rests before the tooltip shows, and it waits before it goes. */
const SHOW_AFTER = 150;
const HIDE_AFTER = 200;
/** Between the word and the tooltip, and from the edge of the panel. */
const GAP = 4;
const EDGE = 8;

let count = 0;

/** Lives in `host`, which must be positioned and not scroll; goes with `signal`. */
export class Tooltip {
  constructor(
    private readonly _host: HTMLElement,
    private readonly _signal: AbortSignal
  ) {
    this._node = element('div', {
      class: 'jp-NanochatLearn-tooltip',
      attributes: { role: 'tooltip', id: `jp-NanochatLearn-tooltip-${count++}` }
    });
    this._node.hidden = true;
    _host.append(this._node);
    const on = { signal: _signal };
    this._node.addEventListener('pointerenter', () => this._cancel(), on);
    this._node.addEventListener('pointerleave', () => this._later(null), on);
    // In the capturing phase: whatever else Escape does, first it closes this.
    document.addEventListener('keydown', event => this._key(event), {
      capture: true,
      signal: _signal
    });
    _host.addEventListener('scroll', () => this._place(), {
      capture: true,
      signal: _signal
    });
    _signal.addEventListener('abort', () => {
      this._cancel();
      this._node.remove();
    });
  }

  /** Explain `target` while it is hovered or focused; `explain` may know nothing. */
  attach(target: HTMLElement, explain: () => IExplanation | null): void {
    this._explain.set(target, explain);
    const on = { signal: this._signal };
    target.addEventListener('pointerenter', () => this._later(target), on);
    target.addEventListener('pointerleave', () => this._leave(target), on);
    target.addEventListener('focus', () => this._show(target), on);
    target.addEventListener('blur', () => this._hide(), on);
  }

  private _leave(target: HTMLElement): void {
    // What the keyboard asked for stays when the pointer happens to move away.
    this._later(document.activeElement === target ? target : null);
  }

  private _later(target: HTMLElement | null): void {
    this._cancel();
    this._timer = setTimeout(
      () => (target === null ? this._hide() : this._show(target)),
      target === null ? HIDE_AFTER : SHOW_AFTER
    );
  }

  private _cancel(): void {
    clearTimeout(this._timer);
  }

  private _show(target: HTMLElement): void {
    this._cancel();
    const found = this._explain.get(target)?.() ?? null;
    if (found === null) {
      this._hide();
      return;
    }
    this._hide();
    const { title, text, remark } = found;
    this._node.replaceChildren(
      element('strong', {}, title),
      ...(text === '' ? [] : [element('p', {}, text)]),
      ...(remark === '' ? [] : [element('small', {}, remark)])
    );
    this._node.hidden = false;
    this._target = target;
    target.setAttribute('aria-describedby', this._node.id);
    this._place();
  }

  private _hide(): void {
    this._cancel();
    this._target?.removeAttribute('aria-describedby');
    this._target = null;
    this._node.hidden = true;
  }

  private _key(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this._target !== null) {
      event.preventDefault();
      event.stopPropagation();
      this._hide();
    }
  }

  /** Below the word, or above it where there is no room; never over the edge. */
  private _place(): void {
    if (this._target === null) {
      return;
    }
    const host = this._host.getBoundingClientRect();
    const word = this._target.getBoundingClientRect();
    if (word.bottom < host.top || word.top > host.bottom) {
      this._hide();
      return;
    }
    const { style, offsetWidth, offsetHeight } = this._node;
    const right = host.width - offsetWidth - EDGE;
    const left = Math.max(EDGE, Math.min(word.left - host.left, right));
    const below = word.bottom - host.top + GAP;
    const above = word.top - host.top - offsetHeight - GAP;
    const fits = below + offsetHeight <= host.height || above < 0;
    style.left = `${left}px`;
    style.top = `${fits ? below : above}px`;
  }

  private readonly _node: HTMLElement;
  private readonly _explain = new WeakMap<
    HTMLElement,
    () => IExplanation | null
  >();
  private _target: HTMLElement | null = null;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}
