/**
 * The tooltips of an editor: over the tag's text (CodeMirror's own hover), beside the
 * gutter's marker, and at the cursor when a command asks for it. One look for all; the
 * pointer may move into them, Escape closes them.
 */
import { type Extension, StateEffect, StateField } from '@codemirror/state';
import {
  closeHoverTooltips,
  EditorView,
  hoverTooltip,
  type PluginValue,
  showTooltip,
  type Tooltip,
  type TooltipView,
  ViewPlugin
} from '@codemirror/view';

import { tagOnLine } from './candidates';
import type { IExplanation } from './explaining';
import { glyphOf } from './signs';
import type { IPlacedTag, Tag } from './tags';

/** How the learner came to a tooltip: it ends with how to go on from there. */
export type Way = 'marker' | 'text' | 'keys';

export interface ITooltipWords {
  /** Content comes when asked for: it may need the graph first. */
  readonly explain: (tags: readonly Tag[]) => Promise<readonly IExplanation[]>;
  /** What asks about the tags; null where there is nothing to ask about. */
  readonly asking: (tags: readonly Tag[]) => IAsking | null;
  /** How to open the tag from there; '' where nothing is to be opened. */
  readonly next: (tags: readonly Tag[], way: Way) => string;
}

/** A button for the pointer; by keyboard the command does the same at the cursor. */
export interface IAsking {
  readonly label: string;
  readonly ask: () => void;
}

/** What a tooltip shows. */
interface IContent {
  readonly found: readonly IExplanation[];
  readonly next: string;
  readonly asking: IAsking | null;
}

/** Milliseconds the pointer rests on a marker before its tooltip shows. */
const REST = 300;
/** Milliseconds to cross the gap between marker and tooltip. */
const GAP = 250;

const setShown = StateEffect.define<Tooltip | null>();

const shown = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, { docChanged, selection, effects }) {
    let next = docChanged || selection !== undefined ? null : tooltip;
    for (const effect of effects) {
      if (effect.is(setShown)) {
        next = effect.value;
      }
    }
    return next;
  },
  provide: field => showTooltip.from(field)
});

/** Text hover, and the room for the other two. */
export function tagTooltips(words: ITooltipWords): Extension {
  return [
    shown,
    ViewPlugin.define(view => new MarkerHover(view, words)),
    hoverTooltip(async (view, place) => {
      const placed = tagAround(view, place);
      if (placed === null) {
        return null;
      }
      const { tag, at, to } = placed;
      const content = await contentOf([tag], 'text', words);
      return {
        pos: at,
        end: to,
        above: true,
        create: () => tooltipView(view, content)
      };
    }),
    EditorView.domEventHandlers({
      blur: (_, view) => void hide(view)
    })
  ];
}

/** The tag whose text a place lies strictly inside of. */
export function tagAround(view: EditorView, place: number): IPlacedTag | null {
  const placed = tagOnLine(view.state, place);
  return placed !== null && placed.at < place && place < placed.to
    ? placed
    : null;
}

/** Show a tooltip at a place; the same words are read to screen readers. */
export async function showAt(
  view: EditorView,
  place: number,
  tags: readonly Tag[],
  words: ITooltipWords
): Promise<void> {
  const content = await contentOf(tags, 'keys', words);
  const { found, next } = content;
  const spoken = found
    .map(one => [one.title, one.state, one.sentence].filter(Boolean).join('. '))
    .concat(next)
    .join(' ');
  view.dispatch({
    effects: [
      setShown.of(tooltipAt(view, place, content)),
      EditorView.announce.of(spoken)
    ]
  });
}

async function contentOf(
  tags: readonly Tag[],
  way: Way,
  words: ITooltipWords
): Promise<IContent> {
  return {
    found: await words.explain(tags),
    next: words.next(tags, way),
    asking: words.asking(tags)
  };
}

function hide(view: EditorView): void {
  if (view.state.field(shown, false) != null) {
    view.dispatch({ effects: setShown.of(null) });
  }
}

function tooltipAt(
  view: EditorView,
  pos: number,
  content: IContent,
  hovered?: (inside: boolean) => void
): Tooltip {
  return {
    pos,
    above: true,
    create: () => tooltipView(view, content, hovered)
  };
}

function tooltipView(
  view: EditorView,
  content: IContent,
  hovered?: (inside: boolean) => void
): TooltipView {
  const dom = drawn(content);
  dom.onmouseenter = () => hovered?.(true);
  dom.onmouseleave = () => hovered?.(false);
  // Before JupyterLab: there Escape leaves the cell, and the editor never hears it.
  const close = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      view.dispatch({ effects: [closeHoverTooltips, setShown.of(null)] });
    }
  };
  return {
    dom,
    mount: () => window.addEventListener('keydown', close, true),
    destroy: () => window.removeEventListener('keydown', close, true)
  };
}

function drawn({ found, next, asking }: IContent): HTMLElement {
  const node = document.createElement('div');
  node.className = 'jp-NanochatLearn-tooltip';
  node.setAttribute('role', 'tooltip');
  for (const { kind, title, state, sentence } of found) {
    const part = node.appendChild(document.createElement('section'));
    const head = part.appendChild(document.createElement('p'));
    const glyph = head.appendChild(document.createElement('span'));
    glyph.className = `jp-NanochatLearn-sign jp-mod-${kind}`;
    glyph.textContent = glyphOf(kind);
    glyph.setAttribute('aria-hidden', 'true');
    head.appendChild(document.createElement('strong')).textContent = title;
    if (state !== '') {
      const small = head.appendChild(document.createElement('small'));
      small.textContent = state;
    }
    if (sentence !== '') {
      part.appendChild(document.createElement('p')).textContent = sentence;
    }
  }
  if (next !== '' || asking !== null) {
    const foot = node.appendChild(document.createElement('footer'));
    foot.textContent = next;
    if (asking !== null) {
      foot.appendChild(askButton(asking));
    }
  }
  return node;
}

function askButton({ label, ask }: IAsking): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'jp-NanochatLearn-tooltipAsk';
  button.textContent = label;
  button.tabIndex = -1;
  // The editor keeps the focus: a tooltip goes when it is lost.
  button.onmousedown = event => event.preventDefault();
  button.onclick = ask;
  return button;
}

/** A pointer that rests on a marker. */
class MarkerHover implements PluginValue {
  constructor(
    private readonly _view: EditorView,
    private readonly _words: ITooltipWords
  ) {
    HOVERS.set(_view, this);
  }

  destroy(): void {
    clearTimeout(this._timer);
    this._turn++;
  }

  /** The pointer is over a row's marker, or, without tags, over none. */
  over(place: number, tags: readonly Tag[]): void {
    if (tags.length === 0) {
      this._leave(0);
    } else if (place !== this._place) {
      clearTimeout(this._timer);
      this._place = place;
      this._timer = setTimeout(() => void this._show(place, tags), REST);
    } else {
      clearTimeout(this._leaving);
    }
  }

  leave(): void {
    this._leave(GAP);
  }

  private async _show(place: number, tags: readonly Tag[]): Promise<void> {
    const turn = ++this._turn;
    const content = await contentOf(tags, 'marker', this._words);
    if (turn !== this._turn || place > this._view.state.doc.length) {
      return;
    }
    const inside = (is: boolean): void =>
      is ? clearTimeout(this._leaving) : this._leave(GAP);
    const tooltip = tooltipAt(this._view, place, content, inside);
    this._view.dispatch({ effects: setShown.of(tooltip) });
  }

  private _leave(pause: number): void {
    clearTimeout(this._timer);
    clearTimeout(this._leaving);
    if (this._place === null) {
      return;
    }
    this._leaving = setTimeout(() => {
      this._place = null;
      this._turn++;
      hide(this._view);
    }, pause);
  }

  private _place: number | null = null;
  private _turn = 0;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _leaving: ReturnType<typeof setTimeout> | undefined;
}

const HOVERS = new WeakMap<EditorView, MarkerHover>();

/** The pointer moved over the gutter: on a row with these tags, or off (null). */
export function hoverMarker(
  view: EditorView,
  place: number,
  tags: readonly Tag[] | null
): void {
  const hover = HOVERS.get(view);
  if (tags === null) {
    hover?.leave();
  } else {
    hover?.over(place, tags);
  }
}
