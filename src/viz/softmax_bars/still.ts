/** The committed still: scores, 5 added to each, and the shares, which are the same. */
import { fixed, percent } from '../kit/format';
import { compute } from './compute';
import example from './example.json';
import meta from './meta.json';

const WIDTH = 300;
const GAP = 40;
const COLUMN = WIDTH / example.names.length;
const UNIT = 12;
const ZERO = 150;
const BASE = 330;
const BLUE = '#0072b2';
const ORANGE = '#b35000';

export default function still(): string {
  const panel = (add: number, left: number, title: string): string => {
    const { scores, safe } = compute(example, { add, temperature: 1 });
    const columns = example.names.map((name, i) => {
      const score = scores[i] as number;
      const share = safe.shares[i] as number;
      const x = left + COLUMN * i + 10;
      const middle = left + COLUMN * (i + 0.5);
      const top = ZERO - Math.max(score, 0) * UNIT;
      return (
        `<rect x="${x}" y="${top}" width="${COLUMN - 20}" height="${Math.abs(score) * UNIT || 1}" fill="${BLUE}"/>` +
        `<text x="${middle}" y="${top - 5}">${fixed(score, 0)}</text>` +
        `<text x="${middle}" y="${ZERO + 30}">${name}</text>` +
        `<rect x="${x}" y="${(BASE - share * 100).toFixed(1)}" width="${COLUMN - 20}" height="${(share * 100).toFixed(1)}" fill="${ORANGE}"/>` +
        `<text x="${middle}" y="${(BASE - share * 100 - 5).toFixed(1)}">${percent(share)}</text>`
      );
    });
    return [
      `<text x="${left + WIDTH / 2}" y="20" font-weight="bold">${title}</text>`,
      `<line x1="${left}" x2="${left + WIDTH}" y1="${ZERO}" y2="${ZERO}" stroke="#999"/>`,
      ...columns,
      `<line x1="${left}" x2="${left + WIDTH}" y1="${BASE}" y2="${BASE}" stroke="#999"/>`,
      `<text x="${left + WIDTH / 2}" y="${BASE + 20}">shares, together 100%</text>`
    ].join('\n');
  };
  const all = 2 * WIDTH + GAP;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${all} ${BASE + 54}" role="img" font-family="sans-serif" font-size="13" text-anchor="middle" fill="#555">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    panel(0, 0, 'five scores'),
    panel(5, WIDTH + GAP, 'the same, with 5 added to each'),
    `<text x="${all / 2}" y="${BASE + 44}">Every score has grown, no share has moved: only the differences count.</text>`,
    '</svg>',
    ''
  ].join('\n');
}
