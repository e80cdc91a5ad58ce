/** The heads side by side, each a button with its whole map in small. */
import { element } from '../kit/dom';
import { type IPointing, pointable, pointableWithin } from '../kit/focus';
import { paint } from '../kit/heatmap';
import type { Rgb } from '../kit/scale';
import type { Words } from '../kit/strings';
import { walk } from '../kit/walk';
import type { Key } from './words';

/** What the heads show, where the whole picture shows attention. */
const CONCEPT = 'attention.multi_head';

export interface IHeads {
  readonly node: HTMLElement;
  show(
    chosen: number,
    colour: (head: number, row: number, column: number) => Rgb | null
  ): void;
}

export function headButtons(
  heads: number,
  size: { rows: number; columns: number },
  say: Words<Key>,
  choose: (head: number) => void,
  pointing: IPointing
): IHeads {
  const buttons = Array.from({ length: heads }, (_, head) => {
    const canvas = element('canvas', {
      class: 'nl-hatched',
      'aria-hidden': 'true'
    });
    const node = element(
      'button',
      { type: 'button', class: 'nl-head' },
      canvas,
      element('span', {}, say('head', head))
    );
    node.addEventListener('click', () => choose(head));
    pointable(node, pointing, () => ({ head, concept: CONCEPT }));
    return { node, canvas };
  });
  const nodes = buttons.map(({ node }) => node);
  walk(nodes, choose);
  const row = element(
    'div',
    { class: 'nl-heads', role: 'group', 'aria-label': say('heads') },
    ...nodes
  );
  row.style.setProperty('--nl-heads', String(heads));
  pointableWithin(row, pointing);
  return {
    node: row,
    show(chosen, colour) {
      buttons.forEach(({ node, canvas }, head) => {
        node.setAttribute('aria-pressed', String(head === chosen));
        node.tabIndex = head === chosen ? 0 : -1;
        paint(canvas, size.rows, size.columns, (row, column) =>
          colour(head, row, column)
        );
      });
    }
  };
}
