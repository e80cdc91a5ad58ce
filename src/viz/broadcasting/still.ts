/** The committed still: prices and changes, the ghost row, and their sum. */
import { compute, firstAt, secondAt } from './compute';
import { type Index, stretched, table } from './layout';
import meta from './meta.json';
import { PAIRS } from './presets';

const SIDE = 40;
const TINTS: Readonly<Record<string, readonly [string, string, string]>> = {
  one: ['#c2dcec', '#0072b2', ''],
  two: ['#f0d6c2', '#b35000', ''],
  'two ghost': ['none', '#b35000', ' stroke-dasharray="4 3"'],
  result: ['#fff', '#444', '']
};

export default function still(): string {
  const { first, second } = PAIRS.prices;
  const now = compute(PAIRS.prices, { times: 0 });
  const sums = new Map(now.places.map(one => [one.index.join(), one.result]));
  const size = stretched(now, first);
  const panel = (
    left: number,
    kind: string,
    own: typeof first,
    value: (index: Index) => string
  ): string =>
    table(size, own, { kind, chosen: null, value })
      .map(({ row, column, text, kind: look = '' }) => {
        const [fill, stroke, dash] = TINTS[look] as readonly [
          string,
          string,
          string
        ];
        const [x, y] = [left + (column - 1) * SIDE, 30 + (row - 1) * SIDE];
        return (
          `<rect x="${x}" y="${y}" width="${SIDE - 3}" height="${SIDE - 3}" rx="3" fill="${fill}" stroke="${stroke}"${dash}/>` +
          `<text x="${x + SIDE / 2 - 1.5}" y="${y + SIDE / 2 + 3}">${text}</text>`
        );
      })
      .join('\n');
  const title = (x: number, text: string): string =>
    `<text x="${x + 1.5 * SIDE}" y="18">${text}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 470 150" role="img" font-family="sans-serif" font-size="13" text-anchor="middle" fill="#444">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    title(10, 'prices (2, 3)'),
    panel(10, 'one', first, index => String(firstAt(first, index, 0))),
    '<text x="148" y="76" font-size="22">+</text>',
    title(170, 'changes (3,)'),
    panel(170, 'two', second, index => String(secondAt(second, index, 0))),
    '<text x="308" y="76" font-size="22">=</text>',
    title(330, 'sum (2, 3)'),
    panel(330, 'result', first, index => String(sums.get(index.join()))),
    '<text x="235" y="138">The dashed row is a ghost: the same three numbers, read again.</text>',
    '</svg>',
    ''
  ].join('\n');
}
