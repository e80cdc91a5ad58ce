/** The committed still: the shopping, with the cell at the lower right and its sum. */
import { compute } from './compute';
import example from './example.json';
import { lattice } from './layout';
import meta from './meta.json';
import { sumText } from './terms';

const SIDE = 44;
const LEFT = 30;
const FILLS: Readonly<Record<string, readonly [string, string]>> = {
  one: ['#c2dcec', '#0072b2'],
  two: ['#f0d6c2', '#b35000'],
  result: ['#fff', '#444'],
  pale: ['#fff', '#bbb']
};

export default function still(): string {
  const { x, w } = example;
  const at = {
    row: meta.params.row.default,
    column: meta.params.column.default
  };
  const now = compute({ x, w }, at);
  const boxes = lattice(
    { x, w },
    now,
    {
      rows: ['person 1', 'person 2'],
      inner: ['bread', 'milk', 'eggs'],
      columns: ['shop 1', 'shop 2']
    },
    { ...at, shown: now.sizes.K, hidden: () => false, says: () => '' }
  ).map(({ row, column, text, kind = '', chosen }) => {
    const [left, top] = [LEFT + (column - 1) * SIDE, (row - 1) * SIDE];
    const fill = FILLS[kind];
    const box = fill
      ? `<rect x="${left}" y="${top}" width="${SIDE - 2}" height="${SIDE - 2}" rx="3" fill="${fill[0]}" stroke="${chosen ? '#000' : fill[1]}" stroke-width="${chosen ? 3 : 1}"/>`
      : '';
    return `${box}<text x="${left + SIDE / 2 - 1}" y="${top + SIDE / 2 + 4}">${text}</text>`;
  });
  const width = LEFT + SIDE * 8 + 20;
  const height = SIDE * 8 + 40;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="sans-serif" font-size="13" text-anchor="middle" fill="#444">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...boxes,
    `<text x="${width / 2}" y="${height - 18}" font-size="15">${sumText(now.terms)} = ${now.terms.at(-1)?.sum}</text>`,
    '</svg>',
    ''
  ].join('\n');
}
