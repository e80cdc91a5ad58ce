/**
 * What a chip tells when it is pointed at, pressed, or asked for by key: each tensor with
 * its shape, format, range and how its numbers are spread.
 */
import { type Extension, StateEffect, StateField } from '@codemirror/state';
import {
  EditorView,
  showTooltip,
  type Tooltip,
  type TooltipView
} from '@codemirror/view';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { LineValue } from '../api/types.gen';
import { type Shape, shapeOnLine } from './chips';
import {
  historyText,
  numberText,
  rangeText,
  shapeText,
  spokenText,
  staleText
} from './words';

/** Milliseconds the pointer rests on a chip before it tells. */
const REST = 250;
/** Milliseconds to cross the gap between chip and tooltip. */
const GAP = 250;

const setTold = StateEffect.define<Tooltip | null>();

const told = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, { docChanged, selection, effects }) {
    let next = docChanged || selection !== undefined ? null : tooltip;
    for (const effect of effects) {
      if (effect.is(setTold)) {
        next = effect.value;
      }
    }
    return next;
  },
  provide: field => showTooltip.from(field)
});

/** One for all editors: there is one pointer. */
export class ShapeTooltips {
  constructor(private readonly _trans: TranslationBundle) {}

  readonly extension: Extension = [
    told,
    EditorView.domEventHandlers({ blur: (_, view) => this._hide(view) })
  ];

  readonly pointed = (
    view: EditorView,
    chip: HTMLElement,
    how: 'over' | 'press' | 'out'
  ): void => {
    clearTimeout(this._timer);
    if (how === 'out') {
      this._timer = setTimeout(() => this._hide(view), GAP);
      return;
    }
    const show = (): void => {
      if (view.dom.contains(chip)) {
        this.show(view, view.posAtDOM(chip));
      }
    };
    if (how === 'press') {
      show();
    } else {
      this._timer = setTimeout(show, REST);
    }
  };

  /** Tell about the line of a place; false where it has no chip. `aloud` to screen readers. */
  show(view: EditorView, place: number, aloud = false): boolean {
    const found = shapeOnLine(view.state, place);
    if (found === null) {
      return false;
    }
    const { shape } = found;
    const tooltip: Tooltip = {
      pos: view.state.doc.lineAt(place).to,
      above: true,
      create: () => this._view(view, shape)
    };
    const words = spokenText(shape.record, shape.stale, this._trans);
    view.dispatch({
      effects: [
        setTold.of(tooltip),
        ...(aloud ? [EditorView.announce.of(words)] : [])
      ]
    });
    return true;
  }

  private _hide(view: EditorView): void {
    if (view.state.field(told, false) != null) {
      view.dispatch({ effects: setTold.of(null) });
    }
  }

  private _view(view: EditorView, shape: Shape): TooltipView {
    const dom = drawn(shape, this._trans);
    dom.onmouseenter = () => clearTimeout(this._timer);
    dom.onmouseleave = () => this.pointed(view, dom, 'out');
    // Before JupyterLab: there Escape leaves the cell, and the editor never hears it.
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') {
        event.preventDefault();
        event.stopPropagation();
        this._hide(view);
      }
    };
    return {
      dom,
      mount: () => window.addEventListener('keydown', close, true),
      destroy: () => window.removeEventListener('keydown', close, true)
    };
  }

  private _timer: ReturnType<typeof setTimeout> | undefined;
}

function drawn(
  { record, stale }: Shape,
  trans: TranslationBundle
): HTMLElement {
  const node = document.createElement('div');
  node.className = 'jp-NanochatLearn-shapeTold';
  node.setAttribute('role', 'tooltip');
  const add = (parent: HTMLElement, tag: string, text: string): HTMLElement => {
    const child = parent.appendChild(document.createElement(tag));
    child.textContent = text;
    return child;
  };
  if (stale) {
    add(node, 'p', staleText(trans)).className = 'jp-mod-stale';
  }
  for (const value of record.values) {
    const part = node.appendChild(document.createElement('section'));
    const head = part.appendChild(document.createElement('p'));
    add(head, 'strong', value.name);
    add(head, 'code', shapeText(value.shape));
    add(head, 'span', value.dtype);
    add(part, 'p', rangeText(value, trans));
    if (value.histogram.length > 0) {
      part.appendChild(histogram(value, trans));
    }
    add(part, 'small', historyText(record, value, trans));
  }
  return node;
}

/** Bars in equal steps from the smallest number to the largest. */
function histogram(
  { histogram: counts, min, max }: LineValue,
  trans: TranslationBundle
): HTMLElement {
  const figure = document.createElement('figure');
  const most = Math.max(...counts);
  const bars = figure.appendChild(document.createElement('div'));
  bars.setAttribute('role', 'img');
  bars.setAttribute(
    'aria-label',
    trans.__('How many numbers lie where: %1', counts.join(', '))
  );
  for (const count of counts) {
    const bar = bars.appendChild(document.createElement('i'));
    bar.style.height = `${most === 0 ? 0 : (100 * count) / most}%`;
    bar.classList.toggle('jp-mod-some', count > 0);
  }
  const ends = figure.appendChild(document.createElement('figcaption'));
  for (const end of [min, max]) {
    const label = ends.appendChild(document.createElement('span'));
    label.textContent = end === null ? '' : numberText(end);
  }
  return figure;
}
