/** The committed still: the row of the note over itself, moved by one. */
import { compute } from './compute';
import example from './example.json';
import meta from './meta.json';

const CELL = 96;
const LEFT = 100;

export default function still(): string {
  const { ids, words } = example;
  const { inputs, targets } = compute({ row: ids });
  const nameOf = (id: number): string => words[ids.indexOf(id)] ?? '';
  const boxes = (row: readonly number[], y: number, fill: string): string[] =>
    row.map((id, n) => {
      const x = LEFT + n * CELL;
      return (
        `<rect x="${x}" y="${y}" width="${CELL - 8}" height="50" rx="4" fill="${fill}" stroke="#777"/>` +
        `<text x="${x + CELL / 2 - 4}" y="${y + 22}" font-size="16">${nameOf(id)}</text>` +
        `<text x="${x + CELL / 2 - 4}" y="${y + 41}" fill="#666">${id}</text>`
      );
    });
  const arrows = inputs.map((_, n) => {
    const x = LEFT + n * CELL + CELL / 2 - 4;
    return `<path d="M${x} 76 v18 m-5 -6 l5 6 l5 -6" fill="none" stroke="#555"/>`;
  });
  const width = LEFT + inputs.length * CELL + 20;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} 190" role="img" font-family="sans-serif" font-size="13" text-anchor="middle" fill="#333">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    '<text x="84" y="48" text-anchor="end">inputs</text>',
    '<text x="84" y="128" text-anchor="end">targets</text>',
    ...boxes(inputs, 20, '#cfe2ef'),
    ...arrows,
    ...boxes(targets, 100, '#f0d6c2'),
    `<text x="${width / 2}" y="176">${ids.length} tokens, ${targets.length} questions: below each token stands its answer.</text>`,
    '</svg>',
    ''
  ].join('\n');
}
