/** The committed still: the characters of the note at their four levels. */
import { readable, shippedVocabulary } from '../kit/bpe';
import { whole } from '../kit/format';
import { compute, type ISpan, kindOf } from './compute';
import example from './example.json';
import meta from './meta.json';

const CELL = 46;
const LEFT = 92;
const ROW = 44;
const FILL = { whole: '#cfe2ef', opens: '#ecc9ab', continues: '#f7e8db' };

export default function still(): string {
  const text = example.samples[1] as string;
  const levels = compute({ text, vocabulary: shippedVocabulary() });
  const box = (
    row: number,
    { from, to }: ISpan,
    inside: string,
    fill: string,
    size = 13
  ): string => {
    const [x, y] = [LEFT + from * CELL, 10 + row * ROW];
    const width = (to - from) * CELL - 4;
    return (
      `<rect x="${x}" y="${y}" width="${width}" height="${ROW - 10}" rx="4" fill="${fill}" stroke="#777"/>` +
      `<text x="${x + width / 2}" y="${y + 22}" font-size="${size}">${inside}</text>`
    );
  };
  const bytesOf = ({ from, to }: ISpan): number[] =>
    levels.bytes.slice(from, to).map(({ value }) => value);
  const names = ['character', 'code point', 'bytes', 'ids'].map(
    (name, n) =>
      `<text x="${LEFT - 10}" y="${32 + n * ROW}" text-anchor="end">${name}</text>`
  );
  const width = LEFT + levels.bytes.length * CELL + 10;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${4 * ROW + 40}" role="img" font-family="sans-serif" font-size="13" text-anchor="middle" fill="#333">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...names,
    ...levels.glyphs.map(one => box(0, one, one.text, '#fff', 19)),
    ...levels.points.map(one => box(1, one, whole(one.value), '#fff')),
    ...levels.bytes.map(one =>
      box(2, one, String(one.value), FILL[kindOf(one.value)])
    ),
    ...levels.ids.map(one =>
      box(
        3,
        one,
        bytesOf(one).length > 1 ? readable(bytesOf(one)) : String(one.value),
        '#d8ece6'
      )
    ),
    `<text x="${width / 2}" y="${4 * ROW + 26}">One character, one to four bytes. In blue a byte that is a whole character.</text>`,
    '</svg>',
    ''
  ].join('\n');
}
