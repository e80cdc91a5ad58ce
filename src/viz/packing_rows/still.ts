/** The committed still: the documents of the note in their three rows. */
import { compute, nameOf } from './compute';
import example from './example.json';
import meta from './meta.json';
import { COLOURS } from './rows';

const CELL = 44;
const LEFT = 80;
const FILLS = ['#bfdcec', '#ecd5bf', '#bfded6', '#e9d1df'];

export default function still(): string {
  const { picks } = compute(example, example);
  const cells = picks.flatMap(({ row, document, kind, at, tokens }) =>
    Array.from({ length: tokens }, (_, n) => {
      const [x, y] = [LEFT + (at + n) * CELL, 20 + row * 50];
      const fill = kind === 'fills' ? 'url(#again)' : FILLS[document % COLOURS];
      const edge =
        n === 0
          ? `<rect x="${x}" y="${y}" width="4" height="36" fill="#555"/>`
          : '';
      return (
        `<rect x="${x}" y="${y}" width="${CELL - 2}" height="36" fill="${fill}" stroke="#999"/>${edge}` +
        `<text x="${x + CELL / 2}" y="${y + 23}"${n === 0 ? ' font-weight="bold"' : ''}>${nameOf(document)}</text>`
      );
    })
  );
  const names = [0, 1, 2].map(
    row =>
      `<text x="${LEFT - 12}" y="${43 + row * 50}" text-anchor="end">row ${row + 1}</text>`
  );
  const width = LEFT + example.slots * CELL + 16;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} 200" role="img" font-family="sans-serif" font-size="14" text-anchor="middle" fill="#333">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    '<defs><pattern id="again" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/><line y2="6" stroke="#999"/></pattern></defs>',
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...names,
    ...cells,
    `<text x="${width / 2}" y="188">Whole documents. Hatched: the beginning of one that comes again.</text>`,
    '</svg>',
    ''
  ].join('\n');
}
