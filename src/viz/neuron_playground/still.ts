/** The committed still: the lamp learned by eight neurons, before and after. */
import { fixed } from '../kit/format';
import { type Point } from '../kit/plane';
import { sequential } from '../kit/scale';
import { LAMP, learn, output, SWITCHES, type Weights } from './compute';
import example from './example.json';
import { across } from './field';
import meta from './meta.json';

const [SIDE, FINE, FROM, TO] = [180, 45, -0.75, 1.75];
/** So many colours are enough for a still. */
const LEVELS = 16;

export default function still(): string {
  const run = learn(
    { start: example.starts[0] as unknown as Weights[], rate: example.rate },
    meta.params.step.max
  );
  const panel = (step: number, left: number): string => {
    const { weights = [], loss = 0 } = run[step] ?? {};
    const place = ([x, y]: Point): Point => [
      ((x - FROM) / (TO - FROM)) * SIDE,
      ((TO - y) / (TO - FROM)) * SIDE
    ];
    const colours = bands((row, column) => {
      const at = (part: number): number =>
        FROM + ((part + 0.5) / FINE) * (TO - FROM);
      return output(weights, [at(column), FROM + TO - at(row)]);
    });
    const lines = weights.flatMap(([a1, a2]) => {
      const ends = across([a1, a2, 0]);
      if (ends === null) {
        return [];
      }
      const [[x1, y1], [x2, y2]] = [place(ends[0]), place(ends[1])];
      return [
        `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="#fff" stroke-width="1.5"/>`
      ];
    });
    const lamps = SWITCHES.map((pair, n) => {
      const [x, y] = place(pair);
      const on = LAMP[n] === 1;
      return `<circle cx="${x}" cy="${y}" r="10" fill="${on ? '#fff' : '#555'}" stroke="${on ? '#222' : '#fff'}" stroke-width="2"/><text x="${x}" y="${y + 4}" fill="${on ? '#222' : '#fff'}">${LAMP[n]}</text>`;
    });
    return [
      `<svg x="${left}" y="26" width="${SIDE}" height="${SIDE}" viewBox="0 0 ${SIDE} ${SIDE}">`,
      ...colours,
      ...lines,
      ...lamps,
      '</svg>',
      `<text x="${left + SIDE / 2}" y="18">after ${step} steps: loss ${fixed(loss, 2)}</text>`
    ].join('\n');
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 236" role="img" font-family="sans-serif" font-size="13" text-anchor="middle" fill="#444">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    panel(0, 20),
    panel(meta.params.step.max, 220),
    '<text x="210" y="228">Bright: the lamp is on. Each line: where a neuron bends.</text>',
    '</svg>',
    ''
  ].join('\n');
}

/** Cells of one colour as one path, neighbours in a row as one box. */
function bands(value: (row: number, column: number) => number): string[] {
  const cell = SIDE / FINE;
  const paths = new Map<number, string>();
  for (let row = 0; row < FINE; row++) {
    for (let column = 0; column < FINE;) {
      const level = (at: number): number =>
        Math.round(Math.min(Math.max(value(row, at), 0), 1) * LEVELS);
      const here = level(column);
      let end = column + 1;
      while (end < FINE && level(end) === here) {
        end++;
      }
      const width = (end - column) * cell;
      const box = `M${column * cell} ${row * cell}h${width}v${cell}h-${width}z`;
      paths.set(here, (paths.get(here) ?? '') + box);
      column = end;
    }
  }
  return [...paths].map(
    ([level, path]) =>
      `<path fill="rgb(${sequential(level / LEVELS).join()})" d="${path}"/>`
  );
}
