/**
 * A row of upright bars around a zero line. A row that can be moved is a row of sliders:
 * drag a bar, or use the arrow keys. Beyond the drawn range a bar looks torn off; its
 * number stands above it. Heights are pixels, so that lines can be laid over them.
 */
import { element } from './dom';
import {
  type IFocus,
  type IPointing,
  pointable,
  pointableWithin
} from './focus';
import { walk } from './walk';

export interface IBar {
  readonly value: number;
  /** The number as text, above the bar. */
  readonly text: string;
  /** The name below it. */
  readonly name: string;
  /** Where the bar was, as an outline. */
  readonly ghost?: number;
  /** For a row that can be moved: what the bar is, and what it says, for the ear. */
  readonly label?: string;
  readonly spoken?: string;
}

interface IOptions {
  /** The drawn range. */
  readonly from: number;
  readonly to: number;
  readonly height: number;
  readonly pointing: IPointing;
  /** What somebody points at who is on this bar. */
  readonly focus: (bar: number) => IFocus;
  /** Makes the row movable: `step` is one arrow key, `to` is where the bar shall go. */
  readonly step?: number;
  readonly move?: (bar: number, to: number) => void;
}

export interface IBars {
  readonly node: HTMLElement;
  show(bars: readonly IBar[], chosen: number): void;
  /** Lay a line, or a band up to `end`, over the bars. */
  line(kind: string): { show(at: number, end?: number): void };
}

/** Pixels above the bars, where the numbers stand. */
const HEAD = 18;

export const BARS = `
.nl-bars{position:relative;display:grid;grid-auto-flow:column;grid-auto-columns:minmax(0,1fr);max-width:620px;isolation:isolate;container-type:inline-size}
@container (max-width:230px){.nl-column .nl-value{font-size:9.5px;letter-spacing:-.02em}}
.nl-column{position:relative;text-align:center;font-variant-numeric:tabular-nums;font-size:11px;border-radius:3px}
.nl-column[role=slider]{cursor:ns-resize;touch-action:none}
.nl-column[data-chosen]{background:color-mix(in srgb,var(--nl-text) 12%,transparent)}
.nl-value{height:${HEAD}px;line-height:${HEAD}px;white-space:nowrap;overflow:visible}
.nl-field{position:relative}
.nl-fill,.nl-ghost{position:absolute;left:18%;right:18%;min-height:1px}
.nl-fill{background:var(--nl-fill,var(--nl-one));transition:top .35s,height .35s}
.nl-ghost{border:1px dashed var(--nl-text);left:10%;right:10%;z-index:1}
.nl-bars[data-dragging] .nl-fill,&[data-motion=cut] .nl-fill{transition:none}
.nl-column[role=slider] .nl-fill:not(.nl-torn)::after{content:"";position:absolute;left:-3px;right:-3px;height:4px;border-radius:2px;background:var(--nl-text)}
.nl-column[role=slider] .nl-fill.nl-up::after{top:-2px}.nl-column[role=slider] .nl-fill.nl-down::after{bottom:-2px}
.nl-fill.nl-torn.nl-up{clip-path:polygon(0 6px,17% 0,33% 6px,50% 0,67% 6px,83% 0,100% 6px,100% 100%,0 100%)}
.nl-fill.nl-torn.nl-down{clip-path:polygon(0 0,100% 0,100% calc(100% - 6px),83% 100%,67% calc(100% - 6px),50% 100%,33% calc(100% - 6px),17% 100%,0 calc(100% - 6px))}
.nl-zero{position:absolute;left:0;right:0;border-top:1px solid var(--nl-soft);z-index:-1}
.nl-over{position:absolute;left:0;right:0;pointer-events:none;transition:top .35s,height .35s}
&[data-motion=cut] .nl-over{transition:none}
`;

export function bars(count: number, options: IOptions): IBars {
  const { from, to, height, pointing, focus, move, step = 1 } = options;
  const pixels = (value: number): number =>
    ((to - Math.min(Math.max(value, from), to)) / (to - from)) * height;
  const zero = element('div', { class: 'nl-zero' });
  zero.style.top = `${HEAD + pixels(0)}px`;
  const columns = Array.from({ length: count }, () => {
    const value = element('div', { class: 'nl-value' });
    const fill = element('div', { class: 'nl-fill' });
    const ghost = element('div', { class: 'nl-ghost' });
    const field = element('div', { class: 'nl-field' }, fill, ghost);
    field.style.height = `${height}px`;
    const name = element('div', {});
    const node = element('div', { class: 'nl-column' }, value, field, name);
    return { node, value, fill, ghost, name };
  });
  const node = element(
    'div',
    move ? { class: 'nl-bars' } : { class: 'nl-bars', 'aria-hidden': 'true' },
    zero,
    ...columns.map(column => column.node)
  );
  let shown: readonly IBar[] = [];

  columns.forEach((column, i) => {
    pointable(column.node, pointing, () => focus(i));
    if (move) {
      slides(column.node, i, move);
    }
  });
  pointableWithin(node, pointing);
  if (move) {
    walk(columns.map(column => column.node));
  }

  return {
    node,
    show(list, chosen) {
      shown = list;
      columns.forEach((column, i) => {
        const bar = list[i];
        if (bar === undefined) {
          return;
        }
        place(column.fill, bar.value);
        column.fill.classList.toggle(
          'nl-torn',
          bar.value > to || bar.value < from
        );
        column.fill.classList.toggle('nl-up', bar.value >= 0);
        column.fill.classList.toggle('nl-down', bar.value < 0);
        column.ghost.hidden = bar.ghost === undefined;
        place(column.ghost, bar.ghost ?? 0);
        column.value.textContent = bar.text;
        column.name.textContent = bar.name;
        column.node.toggleAttribute('data-chosen', i === chosen);
        if (move) {
          tell(column.node, bar, i === chosen);
        }
      });
    },
    line(kind) {
      const over = element('div', { class: `nl-over ${kind}` });
      node.append(over);
      return {
        show(at, end = at) {
          place(over, at, end);
          over.style.top = `${HEAD + pixels(Math.max(at, end))}px`;
        }
      };
    }
  };

  function place(box: HTMLElement, value: number, other = 0): void {
    const top = pixels(Math.max(value, other));
    box.style.top = `${top}px`;
    box.style.height = `${pixels(Math.min(value, other)) - top}px`;
  }

  function tell(slider: HTMLElement, bar: IBar, chosen: boolean): void {
    slider.tabIndex = chosen ? 0 : -1; // one stop for Tab; arrows walk the row
    slider.setAttribute('aria-label', bar.label ?? bar.name);
    slider.setAttribute('aria-valuemin', String(Math.min(from, bar.value)));
    slider.setAttribute('aria-valuemax', String(Math.max(to, bar.value)));
    slider.setAttribute('aria-valuenow', String(bar.value));
    slider.setAttribute('aria-valuetext', bar.spoken ?? bar.text);
  }

  function slides(
    slider: HTMLElement,
    i: number,
    go: (bar: number, to: number) => void
  ): void {
    slider.setAttribute('role', 'slider');
    slider.setAttribute('aria-orientation', 'vertical');
    slider.dataset.key = 'ArrowUp';
    const value = (): number => shown[i]?.value ?? 0;
    const on = (target: number): void => go(i, snap(target));
    slider.addEventListener('keydown', event => {
      const act = {
        ArrowUp: () => on(value() + step),
        ArrowDown: () => on(value() - step),
        PageUp: () => on(value() + 10 * step),
        PageDown: () => on(value() - 10 * step),
        Home: () => on(from),
        End: () => on(to)
      }[event.key];
      if (act && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        act();
      }
    });
    let drag: { y: number; value: number } | null = null;
    slider.addEventListener('pointerdown', event => {
      drag = { y: event.clientY, value: value() };
      slider.setPointerCapture(event.pointerId);
      slider.focus();
      event.preventDefault();
    });
    slider.addEventListener('pointermove', event => {
      if (drag) {
        node.toggleAttribute('data-dragging', true);
        const by = ((drag.y - event.clientY) / height) * (to - from);
        on(drag.value + by);
      }
    });
    slider.addEventListener('lostpointercapture', () => {
      drag = null;
      node.toggleAttribute('data-dragging', false);
    });
  }

  /** To the next whole step, without the crumbs of binary fractions. */
  function snap(value: number): number {
    return Number((Math.round(value / step) * step).toFixed(6));
  }
}
