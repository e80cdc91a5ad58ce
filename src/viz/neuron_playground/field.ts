/** A map of everything two inputs could be: colours for a value, lines where neurons bend. */
import { element } from '../kit/dom';
import { paint } from '../kit/heatmap';
import { plane, type Point, segment } from '../kit/plane';
import { sequential } from '../kit/scale';
import { LAMP, SWITCHES } from './compute';

/** The switches are 0 or 1; a little more is drawn around. */
const [FROM, TO] = [-0.75, 1.75];
/** Pixels of the map in each direction. */
const FINE = 50;

/** a1 x1 + a2 x2 + bias = 0 */
export type Bend = readonly [number, number, number];

export interface IField {
  readonly node: HTMLElement;
  show(
    value: (at: Point) => number,
    bends: readonly Bend[],
    chosen: number
  ): void;
}

export function field(lines: number): IField {
  const canvas = element('canvas', { 'aria-hidden': 'true' });
  const map = plane(FROM, TO, 1);
  const bent = Array.from({ length: lines }, () => [
    segment('nl-bend-under'),
    segment('nl-bend')
  ]).map(pair => {
    map.add(...pair.map(({ node }) => node));
    return pair;
  });
  const lamps = SWITCHES.map((at, n) => {
    const lamp = element(
      'span',
      { class: 'nl-lamp', 'aria-hidden': 'true' },
      String(LAMP[n])
    );
    const [left, top] = map.percent(at);
    lamp.style.left = `${left}%`;
    lamp.style.top = `${top}%`;
    lamp.dataset.on = String(LAMP[n]);
    return lamp;
  });
  const node = element('div', { class: 'nl-map' });
  node.append(canvas, map.node, ...lamps);
  return {
    node,
    show(value, bends, chosen) {
      const size = (TO - FROM) / FINE;
      paint(canvas, FINE, FINE, (row, column) =>
        sequential(
          value([FROM + (column + 0.5) * size, TO - (row + 0.5) * size])
        )
      );
      bent.forEach((pair, n) => {
        const ends = bends[n] ? across(bends[n]) : null;
        pair.forEach(line => {
          line.node.style.display = ends ? '' : 'none';
          if (ends) {
            line.from(...ends);
          }
        });
      });
      lamps.forEach((lamp, n) =>
        lamp.toggleAttribute('data-chosen', n === chosen)
      );
    }
  };
}

/** The line across the map, drawn well beyond it; null where no input matters. */
export function across([a1, a2, bias]: Bend): [Point, Point] | null {
  const size = a1 * a1 + a2 * a2;
  if (size < 1e-9) {
    return null;
  }
  const near: Point = [(-a1 * bias) / size, (-a2 * bias) / size];
  const far = 5 / Math.sqrt(size);
  return [
    [near[0] - a2 * far, near[1] + a1 * far],
    [near[0] + a2 * far, near[1] - a1 * far]
  ];
}
