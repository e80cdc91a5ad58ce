/**
 * Pieces of a text in reading order, as many as there happen to be, each one a button. Arrow
 * keys walk; one at a time is in the tab order. A tile may carry a line below its text.
 */
import { element } from './dom';
import {
  type IFocus,
  type IPointing,
  pointable,
  pointableWithin
} from './focus';

export interface ITile {
  readonly text: string;
  readonly under?: string;
  /** The whole in words. */
  readonly label: string;
  /** For the colour, as the picture's style says. */
  readonly kind?: string;
  /** Whether it begins a group: some space before it. */
  readonly opens?: boolean;
}

export interface ITiles {
  readonly node: HTMLElement;
  show(list: readonly ITile[], chosen: number): void;
}

export function tiles(
  label: string,
  choose: (index: number) => void,
  pointing: IPointing,
  focus: (index: number) => IFocus
): ITiles {
  const node = element('div', {
    class: 'nl-tiles',
    role: 'group',
    'aria-label': label
  });
  const made: HTMLButtonElement[] = [];
  pointableWithin(node, pointing);
  const make = (index: number): HTMLButtonElement => {
    const tile = element(
      'button',
      { type: 'button', class: 'nl-tile', 'data-key': 'ArrowRight' },
      element('span', { class: 'nl-tile-text' }),
      element('span', { class: 'nl-tile-under' })
    );
    tile.addEventListener('click', () => choose(index));
    tile.addEventListener('keydown', event => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const count = node.childElementCount;
      if (step !== undefined) {
        event.preventDefault();
        const next = (index + step + count) % count;
        choose(next);
        made[next]?.focus();
      }
    });
    pointable(tile, pointing, () => focus(index));
    return tile;
  };
  return {
    node,
    show(list, chosen) {
      while (made.length < list.length) {
        made.push(make(made.length));
      }
      made.forEach((tile, n) => {
        const {
          text = '',
          under = '',
          kind = '',
          opens,
          label
        } = list[n] ?? {};
        if (n >= list.length) {
          tile.remove();
          return;
        }
        const [big, small] = tile.children as unknown as [Element, Element];
        big.textContent = text;
        small.textContent = under;
        tile.dataset.kind = kind;
        tile.toggleAttribute('data-opens', opens === true && n > 0);
        tile.setAttribute('aria-label', label ?? text);
        tile.setAttribute('aria-pressed', String(n === chosen));
        tile.tabIndex = n === Math.min(chosen, list.length - 1) ? 0 : -1;
        if (tile.parentNode === null) {
          node.append(tile);
        }
      });
    }
  };
}

export const TILES = `
.nl-tiles{display:flex;flex-wrap:wrap;gap:4px 3px;padding:3px;margin:4px -3px}
.nl-root .nl-tile{display:grid;padding:2px 5px;min-width:24px;text-align:center;line-height:1.25;border-color:var(--nl-tile,var(--nl-line));border-bottom-width:3px;
background:color-mix(in srgb,var(--nl-tile,transparent) 14%,var(--nl-back));max-width:100%}
.nl-tile-text{font-family:var(--jp-code-font-family,ui-monospace,monospace);overflow-wrap:anywhere}
.nl-tile-under{font-size:11px;color:var(--nl-soft);font-variant-numeric:tabular-nums}
.nl-tile-under:empty{display:none}
.nl-tile[data-opens]{margin-left:12px}
.nl-root .nl-tile[aria-pressed=true]{box-shadow:0 0 0 2px var(--nl-text);}
`;
