/**
 * Numbers in boxes, placed on a lattice of rows and columns: tables side by side, with
 * names around them. A box with a label can be reached: arrow keys walk from one to the
 * next in their direction. What the numbers are, and which are lit, is the picture's.
 */
import { element } from './dom';
import {
  type IFocus,
  type IPointing,
  pointable,
  pointableWithin
} from './focus';
import { ARROWS } from './walk';

export interface ICell {
  /** Lines of the lattice, from 1. */
  readonly row: number;
  readonly column: number;
  readonly text: string;
  /** How it looks: `name`, or a word of the picture's own. */
  readonly kind?: string;
  /** What it says by ear. With one, a keyboard can reach it. */
  readonly label?: string;
  /** What somebody points at who is on it. */
  readonly focus?: IFocus;
  readonly chosen?: boolean;
  /** So many columns and rows away is where it slides from when it appears. */
  readonly from?: readonly [number, number];
}

export interface ICells {
  readonly node: HTMLElement;
  show(cells: readonly ICell[]): void;
}

export function cells(label: string, pointing: IPointing): ICells {
  const node = element('div', {
    class: 'nl-cells',
    role: 'group',
    'aria-label': label
  });
  pointableWithin(node, pointing);
  let now: readonly ICell[] = [];
  let places = '';

  /** The nearest box with a label, straight on. */
  const beside = (n: number, right: number, down: number): number => {
    const from = now[n] as ICell;
    const ahead = now
      .map(({ row, column, label: name }, at) => ({
        at,
        far: right * (column - from.column) + down * (row - from.row),
        straight: right ? row === from.row : column === from.column,
        name
      }))
      .filter(({ far, straight, name }) => far > 0 && straight && name)
      .sort((a, b) => a.far - b.far);
    return ahead[0]?.at ?? n;
  };

  const made = (cell: ICell, n: number): HTMLElement => {
    const reached = cell.label !== undefined;
    const box = element(reached ? 'button' : 'div', {
      class: 'nl-cell',
      ...(reached ? { type: 'button' } : { 'aria-hidden': 'true' })
    });
    box.style.gridArea = `${cell.row} / ${cell.column}`;
    if (cell.from) {
      box.dataset.slides = '';
      box.style.setProperty('--nl-right', String(cell.from[0]));
      box.style.setProperty('--nl-down', String(cell.from[1]));
    }
    if (cell.focus) {
      pointable(box, pointing, () => now[n]?.focus ?? {});
    }
    box.addEventListener('keydown', event => {
      const way = ARROWS[(event as KeyboardEvent).key];
      if (way && reached) {
        event.preventDefault();
        (node.children[beside(n, ...way)] as HTMLElement).focus();
      }
    });
    return box;
  };

  return {
    node,
    show(list) {
      now = list;
      const wanted = list
        .map(({ row, column, label: name }) => `${row},${column},${!!name}`)
        .join(' ');
      if (wanted !== places) {
        places = wanted;
        node.replaceChildren(...list.map(made));
      }
      list.forEach((cell, n) => {
        const box = node.children[n] as HTMLElement;
        box.textContent = cell.text;
        box.dataset.kind = cell.kind ?? '';
        box.toggleAttribute('data-chosen', cell.chosen === true);
        if (cell.label !== undefined) {
          box.setAttribute('aria-label', cell.label);
          box.tabIndex = cell.chosen ? 0 : -1;
          box.dataset.key = 'ArrowRight';
        }
      });
    }
  };
}

export const CELLS = `
.nl-cells{display:inline-grid;grid-auto-columns:minmax(var(--nl-cell,30px),auto);grid-auto-rows:var(--nl-cell,30px);gap:1px;align-items:center;font-variant-numeric:tabular-nums;font-size:12px;max-width:100%}
.nl-root .nl-cell{padding:0 1px;height:100%;min-width:0;display:grid;place-items:center;border:1px solid var(--nl-line);border-radius:2px;line-height:1;cursor:default;background:var(--nl-back);color:var(--nl-text);white-space:nowrap;font:inherit}
.nl-root .nl-cell[data-kind=name]{border-color:transparent;background:none;color:var(--nl-soft);font-size:11px;line-height:1.05;padding:1px 3px;white-space:normal;text-align:center}
.nl-root .nl-cell[data-kind=one]{border-color:var(--nl-one);background:color-mix(in srgb,var(--nl-one) 28%,var(--nl-back))}
.nl-root .nl-cell[data-kind=two]{border-color:var(--nl-two);background:color-mix(in srgb,var(--nl-two) 28%,var(--nl-back))}
.nl-root .nl-cell[data-chosen]{box-shadow:inset 0 0 0 2px var(--nl-text);font-weight:bold}
.nl-root button.nl-cell{cursor:pointer}
&[data-motion=smooth] .nl-cell[data-slides]{transition:transform .6s ease-out,opacity .6s;
@starting-style{opacity:0;transform:translate(calc(var(--nl-right)*(var(--nl-cell,30px) + 1px)),calc(var(--nl-down)*(var(--nl-cell,30px) + 1px)))}}
`;
