/** One dial: a circle, the arrow of the query, the arrow of the key, and its part of the score. */
import { element, svg } from '../kit/dom';
import { signed } from '../kit/format';
import type { IDial, Point } from './compute';

const SIZE = 100;
const RADIUS = 44;

export interface IDialView {
  readonly node: HTMLElement;
  /** The longer arrow reaches the rim; `largest` is the largest part of all dials. */
  show(dial: IDial, name: string, largest: number): void;
}

export function dialView(): IDialView {
  const q = arrow('nl-one');
  const k = arrow('nl-two');
  const bar = element('span', { class: 'nl-bar' });
  const part = element('span', { class: 'nl-part' });
  const speed = element('span', { class: 'nl-speed' });
  const face = svg(
    'svg',
    {
      viewBox: `${-SIZE / 2} ${-SIZE / 2} ${SIZE} ${SIZE}`,
      'aria-hidden': 'true'
    },
    svg('circle', { r: RADIUS, class: 'nl-face' }),
    svg('line', { x1: 0, y1: -RADIUS, x2: 0, y2: RADIUS, class: 'nl-cross' }),
    svg('line', { x1: -RADIUS, y1: 0, x2: RADIUS, y2: 0, class: 'nl-cross' }),
    k.node,
    q.node
  );
  const node = element(
    'button',
    { type: 'button', class: 'nl-dial' },
    speed,
    face,
    element('span', { class: 'nl-scale' }, bar),
    part
  );
  return {
    node,
    show(dial, name, largest) {
      const reach = Math.max(Math.hypot(...dial.q), Math.hypot(...dial.k));
      q.point(dial.turnedQ, reach);
      k.point(dial.turnedK, reach);
      const share = (50 * Math.abs(dial.part)) / largest;
      bar.style.width = `${share}%`;
      bar.style.left = dial.part < 0 ? `${50 - share}%` : '50%';
      part.textContent = signed(dial.part);
      speed.textContent = name;
    }
  };
}

function arrow(kind: string): {
  node: SVGElement;
  point(to: Point, reach: number): void;
} {
  const shaft = svg('line', { x1: 0, y1: 0 });
  const head = svg('path', { d: 'M0 0L-9 -4.5L-9 4.5Z' });
  const node = svg('g', { class: kind }, shaft, head);
  return {
    node,
    point([x, y], reach) {
      const scale = RADIUS / reach;
      const length = Math.hypot(x, y) * scale;
      const angle = (Math.atan2(-y, x) * 180) / Math.PI;
      node.setAttribute('transform', `rotate(${angle.toFixed(3)})`);
      shaft.setAttribute('x2', Math.max(length - 5, 0).toFixed(2));
      shaft.setAttribute('y2', '0');
      head.setAttribute('transform', `translate(${length.toFixed(2)} 0)`);
    }
  };
}
