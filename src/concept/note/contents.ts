/**
 * The table of contents of a page: a list beside a wide page, a menu that stays on top
 * of a narrow one. It marks the section in view.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import { button, element } from '../../markdown/dom';
import { headingsOf, type IHeading } from './headings';

/** From this width on the stylesheet puts the contents beside the page. */
const WIDE = 640;
/** Pixels below the top of the page, the menu included. */
const NEAR = 100;

/** The list for `body`, which scrolls in `scroller`; empty until `fill` is called. */
export class Contents {
  constructor(
    private readonly _scroller: HTMLElement,
    trans: TranslationBundle,
    signal: AbortSignal
  ) {
    this._here = element('span', { class: 'jp-NanochatLearn-here' });
    this._list = element('ol');
    this._fold = element(
      'details',
      {},
      element(
        'summary',
        {},
        element('span', {}, trans.__('On this page')),
        this._here
      ),
      this._list
    );
    this.node = element(
      'nav',
      {
        class: 'jp-NanochatLearn-contents',
        attributes: { 'aria-label': trans.__('On this page') }
      },
      this._fold
    );
    this.node.hidden = true;
    const on = { signal };
    this._list.addEventListener('keydown', event => this._key(event), on);
    this.node.addEventListener('keydown', event => this._close(event), on);
    _scroller.addEventListener('scroll', () => this._due(), on);
    const sized = new ResizeObserver(() => this._resized());
    sized.observe(_scroller);
    signal.addEventListener('abort', () => sized.disconnect());
  }

  readonly node: HTMLElement;

  /** List the headings of `body` as they are now. */
  fill(body: HTMLElement): void {
    this._headings = headingsOf(body);
    this._buttons = this._headings.map(heading =>
      button(
        {
          class: `jp-mod-level${Math.min(heading.level, 3)}`,
          click: () => this._go(heading)
        },
        heading.title
      )
    );
    this._list.replaceChildren(
      ...this._buttons.map(entry => element('li', {}, entry))
    );
    this.node.hidden = this._headings.length < 2;
    this._mark();
  }

  private _go({ node }: IHeading): void {
    if (!this._wide) {
      this._fold.open = false;
    }
    node.tabIndex = -1;
    node.focus({ preventScroll: true });
    // The stylesheet keeps room for the menu above it (scroll-margin).
    node.scrollIntoView({ block: 'start' });
  }

  private _key(event: KeyboardEvent): void {
    const at = this._buttons.findIndex(b => b === document.activeElement);
    const last = this._buttons.length - 1;
    const to = {
      ArrowDown: Math.min(at + 1, last),
      ArrowUp: Math.max(at - 1, 0),
      Home: 0,
      End: last
    }[event.key];
    if (to !== undefined && !event.altKey) {
      event.preventDefault();
      this._buttons[to]?.focus();
    }
  }

  /** Escape closes the menu of a narrow page, as menus do. */
  private _close(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this._fold.open && !this._wide) {
      event.stopPropagation();
      this._fold.open = false;
      this._fold.querySelector('summary')?.focus();
    }
  }

  private _resized(): void {
    const wide = this._scroller.clientWidth >= WIDE;
    if (wide !== this._wide) {
      this._wide = wide;
      this._fold.open = wide;
    }
  }

  /** Once per frame is enough while scrolling. */
  private _due(): void {
    if (!this._waiting) {
      this._waiting = true;
      requestAnimationFrame(() => {
        this._waiting = false;
        this._mark();
      });
    }
  }

  /** The section in view is the last whose heading has come near the top. */
  private _mark(): void {
    const { scrollTop, clientHeight, scrollHeight } = this._scroller;
    const edge = this._scroller.getBoundingClientRect().top + NEAR;
    const passed = this._headings.filter(
      ({ node }) => node.getBoundingClientRect().top <= edge
    ).length;
    const ended = scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 2;
    const at = ended ? this._headings.length - 1 : Math.max(passed - 1, 0);
    this._here.textContent = this._headings[at]?.title ?? '';
    this._buttons.forEach((entry, n) => {
      if (n === at) {
        entry.setAttribute('aria-current', 'location');
      } else {
        entry.removeAttribute('aria-current');
      }
    });
  }

  private readonly _fold: HTMLDetailsElement;
  private readonly _here: HTMLElement;
  private readonly _list: HTMLElement;
  private _headings: readonly IHeading[] = [];
  private _buttons: readonly HTMLButtonElement[] = [];
  private _wide = false;
  private _waiting = false;
}
