/** The committed still: the dials at the default places, as plain SVG without a browser. */
import { signed } from '../kit/format';
import { compute } from './compute';
import example from './example.json';
import meta from './meta.json';

const CELL = 120;
const RADIUS = 46;
const COLOURS = { q: '#0072b2', k: '#b35000' };

export default function still(): string {
  const m = meta.params.m.default;
  const n = meta.params.n.default;
  const { dials, score } = compute(example, { m, n });
  const arrow = (
    [x, y]: readonly [number, number],
    reach: number,
    colour: string
  ): string => {
    const [toX, toY] = [(x * RADIUS) / reach, (-y * RADIUS) / reach];
    return (
      `<line x2="${toX.toFixed(1)}" y2="${toY.toFixed(1)}" stroke="${colour}" stroke-width="3"/>` +
      `<circle cx="${toX.toFixed(1)}" cy="${toY.toFixed(1)}" r="4" fill="${colour}"/>`
    );
  };
  const faces = dials.map((dial, i) => {
    const reach = Math.max(Math.hypot(...dial.q), Math.hypot(...dial.k));
    return (
      `<g transform="translate(${CELL * (i + 0.5)} ${CELL / 2})">` +
      `<circle r="${RADIUS}" fill="none" stroke="#999"/>` +
      arrow(dial.turnedK, reach, COLOURS.k) +
      arrow(dial.turnedQ, reach, COLOURS.q) +
      `<text y="${CELL / 2 + 12}">${signed(dial.part)}</text></g>`
    );
  });
  const width = CELL * dials.length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${CELL + 44}" role="img" font-family="sans-serif" font-size="13" text-anchor="middle" fill="#555">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...faces,
    `<text x="${width / 2}" y="${CELL + 36}">query (blue) at ${m}, key (orange) at ${n}: q·k = ${score.toFixed(2)}</text>`,
    '</svg>',
    ''
  ].join('\n');
}
