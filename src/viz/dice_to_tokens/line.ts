/** The probabilities end to end on a line from 0 to 1, and the dart that fell on it. */
import { element } from '../kit/dom';
import {
  type IFocus,
  type IPointing,
  pointable,
  pointableWithin
} from '../kit/focus';
import { walk } from '../kit/walk';

export interface ILine {
  readonly node: HTMLElement;
  show(
    pieces: ReadonlyArray<{ name: string; share: number; label: string }>,
    chosen: number,
    dart: number | null
  ): void;
}

export function line(
  count: number,
  label: string,
  pointing: IPointing,
  focus: (piece: number) => IFocus
): ILine {
  const pieces = Array.from({ length: count }, (_, n) => {
    const piece = element('button', { type: 'button', class: 'nl-piece' });
    pointable(piece, pointing, () => focus(n));
    return piece;
  });
  walk(pieces);
  const bar = element(
    'div',
    { class: 'nl-line', role: 'group', 'aria-label': label },
    ...pieces
  );
  pointableWithin(bar, pointing);
  const mark = element('div', { class: 'nl-dart', 'aria-hidden': 'true' });
  const ends = element(
    'div',
    { class: 'nl-ends', 'aria-hidden': 'true' },
    element('span', {}, '0'),
    element('span', {}, '1')
  );
  return {
    node: element('div', { class: 'nl-line-box' }, mark, bar, ends),
    show(list, chosen, dart) {
      pieces.forEach((piece, n) => {
        const { name = '', share = 0, label: told = '' } = list[n] ?? {};
        piece.style.flexGrow = String(share);
        piece.textContent = share > 0.07 ? name : '';
        piece.setAttribute('aria-label', told);
        piece.tabIndex = n === chosen ? 0 : -1;
        piece.toggleAttribute('data-chosen', n === chosen);
      });
      mark.hidden = dart === null;
      mark.style.left = `${(dart ?? 0) * 100}%`;
    }
  };
}
