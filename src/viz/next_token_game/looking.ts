/** Which head's looks the bars show: a row of buttons for each layer. */
import { element } from '../kit/dom';
import { type IPointing, pointable, pointableWithin } from '../kit/focus';
import type { Words } from '../kit/strings';
import { walk } from '../kit/walk';
import type { ISource } from './source';
import type { Key } from './words';

export interface IHead {
  readonly layer: number;
  readonly head: number;
}

/** The head that takes most from one token between the opening mark and the place itself. */
export function sharpest(source: ISource, place: number): IHead {
  let best = { layer: 0, head: 0, share: -1 };
  for (let layer = 0; layer < source.layers; layer++) {
    for (let head = 0; head < source.heads; head++) {
      const shares = source.attention(layer, head, place) ?? [];
      const share = Math.max(...Array.from(shares).slice(1, place), 0);
      if (share > best.share) {
        best = { layer, head, share };
      }
    }
  }
  return best;
}

export function headButtons(
  layers: number,
  heads: number,
  say: Words<Key>,
  choose: (head: IHead) => void,
  point: IPointing
): { node: HTMLElement; show(chosen: IHead): void } {
  const all = Array.from({ length: layers * heads }, (_, n): IHead => ({
    layer: Math.floor(n / heads),
    head: n % heads
  }));
  const buttons = all.map(one => {
    const node = element(
      'button',
      {
        type: 'button',
        'aria-label': say('head', one.layer, one.head)
      },
      String(one.head)
    );
    node.addEventListener('click', () => choose(one));
    pointable(node, point, () => ({ head: one.head, row: one.layer }));
    return node;
  });
  walk(buttons, n => choose(all[n] as IHead));
  const node = element(
    'div',
    { class: 'nl-heads', role: 'group', 'aria-label': say('heads') },
    ...Array.from({ length: layers }, (_, layer) =>
      element(
        'span',
        {},
        say('layer', layer),
        ...buttons.slice(layer * heads, (layer + 1) * heads)
      )
    ),
    element('span', { class: 'nl-about' }, say('counted'))
  );
  pointableWithin(node, point);
  return {
    node,
    show(chosen) {
      all.forEach(({ layer, head }, n) => {
        const on = layer === chosen.layer && head === chosen.head;
        buttons[n]?.setAttribute('aria-pressed', String(on));
        (buttons[n] as HTMLElement).tabIndex = on ? 0 : -1;
      });
    }
  };
}
