/** The committed still: the words of the note before the first merge, after it, and so on. */
import { mergesOf, Vocabulary } from '../kit/bpe';
import { compute, pieces } from './compute';
import example from './example.json';
import meta from './meta.json';

const CELL = 34;
const ROW = 62;
const LEFT = 190;

export default function still(): string {
  const { states, merges } = compute({ texts: example.texts }, { step: 0 });
  const vocabulary = new Vocabulary(mergesOf(states));
  const rows = states.slice(0, 3).map((state, n) => {
    let x = LEFT;
    const y = 14 + n * ROW;
    const boxes = state.words.flatMap(({ ids }) => {
      const word = ids.map(id => {
        const name = vocabulary.name(id);
        const width = name.length * CELL - 4;
        const fill = id === 255 + n && n > 0 ? '#f0d6c2' : '#eef3f7';
        const box =
          `<rect x="${x}" y="${y}" width="${width}" height="32" rx="4" fill="${fill}" stroke="#777"/>` +
          `<text x="${x + width / 2}" y="${y + 21}" font-size="16" font-family="monospace">${name}</text>`;
        x += name.length * CELL;
        return box;
      });
      x += 22;
      return word;
    });
    const merge = merges[n - 1];
    const told =
      merge === undefined
        ? 'bytes'
        : `${vocabulary.name(merge.left)} + ${vocabulary.name(merge.right)}, ${merge.times} times → ${merge.id}`;
    return [
      `<text x="${LEFT - 16}" y="${y + 21}" text-anchor="end">${told}</text>`,
      ...boxes,
      `<text x="${x}" y="${y + 21}" text-anchor="start">${pieces(state)} pieces</text>`
    ].join('\n');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 ${3 * ROW + 30}" role="img" font-family="sans-serif" font-size="13" text-anchor="middle" fill="#333">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...rows,
    `<text x="350" y="${3 * ROW + 20}">The most frequent pair becomes one piece; then the pairs are counted again.</text>`,
    '</svg>',
    ''
  ].join('\n');
}
