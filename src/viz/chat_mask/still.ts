/** The committed still: the beginning of the recorded row, its targets, and who wrote what. */
import { visible } from '../kit/bpe';
import { compute, NO_QUESTION } from './compute';
import example from './example.json';
import { named } from './inputs';
import meta from './meta.json';

const COLOURS = {
  program: '#777777',
  user: '#0072b2',
  assistant: '#b35000',
  tool: '#00785a',
  empty: '#bbbbbb'
};
const WIDE = 780;

export default function still(): string {
  const tokens = named(example.ids);
  const { speakers, questions } = compute({
    tokens,
    ids: example.ids,
    losses: null
  });
  const last = tokens.indexOf('<|assistant_end|>');
  let [x, y] = [16, 34];
  const boxes = tokens.slice(0, last + 1).map((token, n) => {
    const mark = /^<\|.+\|>$/.test(token);
    const name = mark ? token.slice(2, -2) : visible(token);
    const width = Math.max(name.length * (mark ? 7 : 11) + 14, 44);
    if (x + width > WIDE - 16) {
      [x, y] = [16, y + 66];
    }
    const asked = questions[n - 1];
    const counts = asked?.counts ?? false;
    const colour = COLOURS[speakers[n] ?? 'empty'];
    const target =
      asked === undefined
        ? ''
        : asked.target === NO_QUESTION
          ? '−1'
          : String(asked.target);
    const middle = x + width / 2;
    const box =
      `<rect x="${x}" y="${y}" width="${width}" height="32" rx="4" fill="${counts ? `${colour}33` : '#fff'}" stroke="${colour}"${counts ? '' : ' stroke-dasharray="4 3"'}/>` +
      `<text x="${middle}" y="${y + 21}" font-size="${mark ? 11 : 15}">${name}</text>` +
      `<text x="${middle}" y="${y + 49}" font-weight="${counts ? 'bold' : 'normal'}" fill="${counts ? '#b35000' : '#777'}">${target}</text>`;
    x += width + 5;
    return box;
  });
  const height = y + 96;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDE} ${height}" role="img" font-family="sans-serif" font-size="13" text-anchor="middle" fill="#333">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    '<text x="16" y="22" text-anchor="start">A chat, and below each token its target as the model learns to chat:</text>',
    ...boxes,
    `<text x="${WIDE / 2}" y="${height - 14}">Only what the assistant writes counts. −1: no question here.</text>`,
    '</svg>',
    ''
  ].join('\n');
}
