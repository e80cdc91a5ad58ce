/** The committed still: your arrow, the four films, and the dot product of each. */
import type { Point } from '../kit/plane';
import { fixed } from '../kit/format';
import { compute } from './compute';
import example from './example.json';
import meta from './meta.json';

const UNIT = 24;
const [WIDTH, HEIGHT] = [460, 220];
const ZERO: Point = [210, 120];

export default function still(): string {
  const you = example.you as unknown as Point;
  const place = ([x, y]: Point): Point => [
    ZERO[0] + x * UNIT,
    ZERO[1] - y * UNIT
  ];
  const arrow = (tip: Point, colour: string, width: number): string => {
    const [x, y] = place(tip);
    return `<line x1="${ZERO[0]}" y1="${ZERO[1]}" x2="${x}" y2="${y}" stroke="${colour}" stroke-width="${width}"/><circle cx="${x}" cy="${y}" r="5" fill="${colour}"/>`;
  };
  const far = 7;
  const [left, right] = [
    place([-you[1] * far, you[0] * far]),
    place([you[1] * far, -you[0] * far])
  ];
  const films = [...example.films].reverse().map(({ name, film }) => {
    const tip = film as unknown as Point;
    const { dot } = compute({ you }, { x: tip[0], y: tip[1], same: 0 });
    const [x, y] = place(tip);
    return (
      arrow(tip, '#b35000', 3) +
      `<text x="${x}" y="${y + (tip[1] < 0 ? 22 : -10)}">${name}: ${fixed(dot, 0)}</text>`
    );
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="sans-serif" font-size="13" text-anchor="middle" fill="#444">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    `<line x1="0" x2="${WIDTH}" y1="${ZERO[1]}" y2="${ZERO[1]}" stroke="#ccc"/>`,
    `<line y1="0" y2="190" x1="${ZERO[0]}" x2="${ZERO[0]}" stroke="#ccc"/>`,
    `<line x1="${left[0]}" y1="${left[1]}" x2="${right[0]}" y2="${right[1]}" stroke="#777" stroke-dasharray="5 4"/>`,
    ...films,
    arrow(you, '#0072b2', 5),
    `<rect x="0" y="190" width="${WIDTH}" height="30" fill="#fff"/>`,
    `<text x="${WIDTH / 2}" y="209">you (blue): (3, 1). Dashed: the right angle, where the sign changes.</text>`,
    '</svg>',
    ''
  ].join('\n');
}
