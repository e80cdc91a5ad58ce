/** The plane with both arrows, the right angle, the shadow, and a tip that can be dragged. */
import { element, svg } from '../kit/dom';
import { arrow, plane, type Point, segment } from '../kit/plane';
import { ARROWS } from '../kit/walk';
import type { IDot } from './compute';

/** The ratings go to 6; a little air around. */
const REACH = 7;

export interface IStage {
  readonly node: HTMLElement;
  /** `leg`: the direction that is pointed at, 0 or 1, if one is. */
  show(now: IDot, leg: number | null, label: string): void;
}

export function stageView(
  move: (to: Point) => void,
  step: (by: Point) => void
): IStage {
  const field = plane(-REACH, REACH);
  const positive = svg('polygon', { class: 'nl-positive' });
  const square = segment('nl-square');
  const shadow = segment('nl-shadow');
  const drop = segment('nl-drop');
  const legs = [segment('nl-leg nl-one'), segment('nl-leg nl-two')] as const;
  const you = arrow('nl-arrow nl-one', 0.8);
  const film = arrow('nl-arrow nl-two', 0.8);
  field.node.prepend(positive);
  field.add(
    square.node,
    drop.node,
    shadow.node,
    ...legs.map(leg => leg.node),
    you.node,
    film.node
  );
  const names = ['nl-name-one', 'nl-name-two'].map(kind =>
    element('span', { class: `nl-name ${kind}`, 'aria-hidden': 'true' })
  ) as [HTMLElement, HTMLElement];
  const tip = element('button', {
    type: 'button',
    class: 'nl-tip',
    'data-key': 'ArrowRight'
  });
  const node = element('div', { class: 'nl-stage' });
  node.append(field.node, ...names, tip);
  tip.addEventListener('keydown', event => {
    const way = ARROWS[event.key];
    if (way) {
      event.preventDefault();
      step([way[0], -way[1]]);
    }
  });
  let dragging = false;
  node.addEventListener('pointerdown', event => {
    dragging = true;
    node.setPointerCapture(event.pointerId);
    tip.focus();
    event.preventDefault();
    move(field.under(event));
  });
  node.addEventListener('pointermove', event => {
    if (dragging) {
      move(field.under(event));
    }
  });
  node.addEventListener('lostpointercapture', () => {
    dragging = false;
  });

  const put = (one: HTMLElement, at: Point): void => {
    const [left, top] = field.percent(at);
    one.style.left = `${left}%`;
    one.style.top = `${top}%`;
  };
  return {
    node,
    show(now, leg, label) {
      const [a, b] = now.you;
      const far = (3 * REACH) / (now.lengths[0] || 1);
      // beyond the dashed line every film is above 0
      const edge: Point = [-b * far, a * far];
      square.from(edge, [b * far, -a * far]);
      positive.setAttribute(
        'points',
        [
          edge,
          [edge[0] + a * far, edge[1] + b * far],
          [b * far + a * far, -a * far + b * far],
          [b * far, -a * far]
        ]
          .map(([x = 0, y = 0]) => `${x.toFixed(3)},${(-y).toFixed(3)}`)
          .join(' ')
      );
      you.to(now.you);
      film.to(now.film);
      shadow.from([0, 0], now.shadow);
      drop.from(now.film, now.shadow);
      [now.you, now.film].forEach(([x, y], n) => {
        const foot: Point = leg === null ? [0, 0] : leg === 0 ? [x, 0] : [0, y];
        legs[n]?.from([0, 0], foot);
      });
      put(tip, now.film);
      tip.setAttribute('aria-label', label);
      // names that would lie upon each other part
      const close =
        Math.hypot(now.you[0] - now.film[0], now.you[1] - now.film[1]) < 2;
      names.forEach((name, n) => {
        const [x, y] = n === 0 ? now.you : now.film;
        put(name, [x, y]);
        const below = n === 0 && close ? now.film[1] >= 0 : y < 0;
        name.dataset.side = below ? 'down' : 'up';
      });
    }
  };
}

export const nameStage = (stage: IStage, texts: readonly string[]): void =>
  stage.node
    .querySelectorAll('.nl-name')
    .forEach((name, n) => (name.textContent = texts[n] ?? ''));
