/** The committed still: the dice of the sky after 10 and after 1,000 rolls. */
import { percent, whole } from '../kit/format';
import { compute } from './compute';
import example from './example.json';
import meta from './meta.json';

const [COLUMN, HEIGHT, BASE] = [70, 150, 190];
const NAMED = 3;

export default function still(): string {
  const { names, shares } = example.dice[0] as {
    names: string[];
    shares: number[];
  };
  const panel = (rolls: number, left: number): string => {
    const { counted } = compute(
      { shares },
      { seed: meta.params.seed.default, rolls }
    );
    return [
      `<text x="${left + (COLUMN * NAMED) / 2}" y="18" font-weight="bold">${whole(rolls)} rolls</text>`,
      ...names.map((name, n) => {
        const x = left + n * COLUMN;
        const [found, share] = [counted[n] as number, shares[n] as number];
        const top = (value: number): string =>
          (BASE - value * HEIGHT * 1.4).toFixed(1);
        const tall = (value: number): string =>
          (value * HEIGHT * 1.4).toFixed(1);
        return (
          `<rect x="${x + 14}" y="${top(found)}" width="${COLUMN - 28}" height="${tall(found)}" fill="#0072b2"/>` +
          `<rect x="${x + 8}" y="${top(share)}" width="${COLUMN - 16}" height="${tall(share)}" fill="none" stroke="#222" stroke-dasharray="5 3"/>` +
          `<text x="${x + COLUMN / 2}" y="${Number(top(Math.max(found, share))) - 6}">${percent(found)}</text>` +
          `<text x="${x + COLUMN / 2}" y="${BASE + 16}">${name}</text>`
        );
      }),
      `<line x1="${left}" x2="${left + COLUMN * NAMED}" y1="${BASE}" y2="${BASE}" stroke="#999"/>`
    ].join('\n');
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 240" role="img" font-family="sans-serif" font-size="13" text-anchor="middle" fill="#444">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    panel(10, 10),
    panel(1000, 260),
    '<text x="240" y="230">Dashed: the probabilities. The counts approach them.</text>',
    '</svg>',
    ''
  ].join('\n');
}
