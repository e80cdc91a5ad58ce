/** The committed still: a text, and what may come next, from the recorded numbers. */
import { fixed, percent } from '../kit/format';
import { compute } from './compute';
import example from './example.json';
import meta from './meta.json';
import { visible } from '../kit/bpe';
import { recorded, STOPS } from './source';

const WIDTH = 640;
const SHOWN = 5;
const LEFT = 110;
const LONGEST = 330;
const ROW = 30;
const TOP = 120;

export default function still(): string {
  const place = STOPS[0] as number;
  const source = recorded();
  const seen = source.seen(place);
  if (seen === null) {
    throw new Error('The first place of the recording has no scores.');
  }
  const { scores, shares, order } = compute(seen, { temperature: 1, top_k: 0 });
  const escaped = (text: string): string =>
    visible(text).replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const texts = [...example.story.texts.slice(0, place + 1).map(escaped), '?'];
  let x = 20;
  const chips = texts.map((text, n) => {
    const width = 26 + 8 * visible(text).replace('&lt;', '<').length;
    const asked = n === place + 1;
    const chip =
      `<rect x="${x}" y="30" width="${width}" height="32" rx="4" fill="none" stroke="${asked ? '#b35000' : '#999'}" stroke-width="${asked ? 3 : 1}"/>` +
      `<text x="${x + width / 2}" y="51"${asked ? ' font-weight="bold"' : ''}>${text}</text>`;
    x += width + 8;
    return chip;
  });
  const rows = order.slice(0, SHOWN).map((at, rank) => {
    const y = TOP + rank * ROW;
    const share = shares[rank] as number;
    return (
      `<text x="${LEFT - 12}" y="${y + 14}" text-anchor="end">${escaped(seen.name(at))}</text>` +
      `<rect x="${LEFT}" y="${y}" width="${Math.max(share * LONGEST, 1).toFixed(1)}" height="18" fill="#0072b2"/>` +
      `<text x="${LEFT + LONGEST + 60}" y="${y + 14}" text-anchor="end">${percent(share).replace('<', '&lt;')}</text>` +
      `<text x="${WIDTH - 40}" y="${y + 14}" text-anchor="end">${fixed(scores[rank] as number)}</text>`
    );
  });
  const end = TOP + SHOWN * ROW;
  const title = (at: number, text: string): string =>
    `<text x="${at}" y="${TOP - 14}" text-anchor="end" font-weight="bold">${text}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${end + 40}" role="img" font-family="sans-serif" font-size="13" text-anchor="middle" fill="#555">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...chips,
    title(LEFT - 12, 'token'),
    title(LEFT + LONGEST + 60, 'share'),
    title(WIDTH - 40, 'score'),
    ...rows,
    `<text x="${WIDTH / 2}" y="${end + 24}">The longer a bar, the likelier the model finds that token. ␣ is a space.</text>`,
    '</svg>',
    ''
  ].join('\n');
}
