/** The heads side by side, each a button with its whole map in small. */
import { element } from '../kit/dom';
import { paint } from '../kit/heatmap';
import type { Rgb } from '../kit/scale';
import type { Words } from '../kit/strings';
import type { Key } from './words';

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
  choose: (head: number) => void
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
      element('span', {}, say('head', head + 1))
    );
    node.addEventListener('click', () => choose(head));
    node.addEventListener('keydown', event => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step !== undefined) {
        event.preventDefault();
        const next = (head + step + heads) % heads;
        choose(next);
        buttons[next]?.node.focus();
      }
    });
    return { node, canvas };
  });
  return {
    node: element(
      'div',
      { class: 'nl-heads', role: 'group', 'aria-label': say('heads') },
      ...buttons.map(({ node }) => node)
    ),
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
