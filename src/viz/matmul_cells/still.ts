/** The committed still: the shopping, with the cell at the lower right and its sum. */
import { compute } from './compute';
import example from './example.json';
import { lattice } from './layout';
import meta from './meta.json';
import { sumText } from './terms';

const SIDE = 44;
const LEFT = 36;
/** The gap between the tables takes a line of the lattice, but less room. */
const GAP = 12;
const FILLS: Readonly<Record<string, readonly [string, string]>> = {
  one: ['#c2dcec', '#0072b2'],
  two: ['#f0d6c2', '#b35000'],
  result: ['#fff', '#444'],
  pale: ['#fff', '#bbb']
};

export default function still(): string {
  const { x, w } = example;
  const cell = {
    row: meta.params.row.default,
    column: meta.params.column.default
  };
  const gap = SIDE - GAP;
  const now = compute({ x, w }, cell);
  const { K } = now.sizes;
  const at = (line: number): number =>
    (line - 1) * SIDE - (line > K + 2 ? gap : 0);
  const boxes = lattice(
    { x, w },
    now,
    {
      rows: ['person 1', 'person 2'],
      inner: ['bread', 'milk', 'eggs'],
      columns: ['shop 1', 'shop 2']
    },
    { ...cell, shown: now.sizes.K, hidden: () => false, says: () => '' }
  ).map(({ row, column, text, kind = '', chosen }) => {
    const [left, top] = [LEFT + at(column), at(row) + 4];
    const fill = FILLS[kind];
    const middle = left + SIDE / 2 - 1 - (column === 1 ? 10 : 0);
    const box = fill
      ? `<rect x="${left}" y="${top}" width="${SIDE - 2}" height="${SIDE - 2}" rx="3" fill="${fill[0]}" stroke="${chosen ? '#000' : fill[1]}" stroke-width="${chosen ? 3 : 1}"/>`
      : '';
    return `${box}<text x="${middle}" y="${top + SIDE / 2 + 4}">${text}</text>`;
  });
  const width = LEFT + SIDE * 8 - gap + 10;
  const height = SIDE * 8 - gap + 36;
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
