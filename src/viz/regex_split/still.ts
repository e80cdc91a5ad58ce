/** The committed still: a sentence in pieces, in the colours of their rules. */
import { shippedVocabulary, visible } from '../kit/bpe';
import { compute } from './compute';
import example from './example.json';
import meta from './meta.json';
import { RULES, STRINGS } from './words';

const LETTER = 22;
const COLOURS = [
  '#a8477f',
  '#0072b2',
  '#b35000',
  '#00785a',
  '#666666',
  '#666666',
  '#666666'
];

export default function still(): string {
  const text = example.samples[0] as string;
  const { pieces } = compute({ text, vocabulary: shippedVocabulary() });
  let x = 20;
  const boxes = pieces.map(piece => {
    const width = Math.max([...piece.text].length * LETTER, 30);
    const colour = COLOURS[piece.rule];
    const box =
      `<rect x="${x}" y="20" width="${width}" height="44" rx="4" fill="${colour}22" stroke="${colour}"/>` +
      `<text x="${x + width / 2}" y="48" font-size="19" font-family="monospace">${visible(piece.text)}</text>` +
      `<text x="${x + width / 2}" y="84">${piece.rule + 1}</text>`;
    x += width + 8;
    return box;
  });
  const met = [...new Set(pieces.map(({ rule }) => rule))].sort(
    (a, b) => a - b
  );
  const lines = met.map((rule, n) => {
    const y = 122 + n * 24;
    return `<text x="20" y="${y}" text-anchor="start"><tspan fill="${COLOURS[rule]}" font-weight="bold">${rule + 1}</tspan>  ${STRINGS[RULES[rule] as (typeof RULES)[number]]}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.max(x + 12, 480)} ${130 + met.length * 24}" role="img" font-family="sans-serif" font-size="13" text-anchor="middle" fill="#333">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...boxes,
    ...lines,
    '</svg>',
    ''
  ].join('\n');
}
