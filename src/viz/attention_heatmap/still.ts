/** The committed still: the row of the question as bars and the whole map, as plain SVG. */
import { percent } from '../kit/format';
import { type Rgb, sequential } from '../kit/scale';
import { shaped } from '../kit/shaped';
import { compute } from './compute';
import example from './example.json';
import meta from './meta.json';

const CELL = 40;
const LEFT = 70;
const BARS = 90;

export default function still(): string {
  const { tokens, asked, head, scale, window } = example;
  const inputs = {
    q: shaped(example.q, 3),
    k: shaped(example.k, 3),
    pattern: null,
    scale,
    window
  };
  const { cells } = compute(inputs, { head, causal: true });
  const top = BARS + 40;
  const escaped = tokens.map(token => token.replace(/</g, '&lt;'));
  const centre = (n: number): number => LEFT + CELL * (n + 0.5);
  const row = cells[asked] ?? [];
  const bars = row.map(({ visible, share }, n) => {
    const height = share * (BARS - 30);
    const bar = visible
      ? `<rect x="${centre(n) - 14}" y="${(BARS - height).toFixed(1)}" width="28" height="${height.toFixed(1)}" fill="#0072b2"/>`
      : '';
    return (
      bar +
      `<text x="${centre(n)}" y="${(BARS - height - 5).toFixed(1)}">${visible ? percent(share, 0).replace('<', '&lt;') : 'future'}</text>` +
      `<text x="${centre(n)}" y="${BARS + 16}">${escaped[n]}</text>`
    );
  });
  const squares = cells.flatMap((line, y) =>
    line.map(
      ({ visible, share }, x) =>
        `<rect x="${LEFT + x * CELL}" y="${top + y * CELL}" width="${CELL - 1}" height="${CELL - 1}" fill="${visible ? css(sequential(share)) : 'url(#future)'}"/>`
    )
  );
  const names = escaped.map(
    (token, y) =>
      `<text x="${LEFT - 8}" y="${top + CELL * (y + 0.5) + 4}" text-anchor="end"${y === asked ? ' font-weight="bold"' : ''}>${token}</text>`
  );
  const width = LEFT + CELL * tokens.length + 10;
  const height = top + CELL * tokens.length + 34;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="sans-serif" font-size="12" text-anchor="middle" fill="#555">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    '<defs><pattern id="future" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line y2="6" stroke="#999"/></pattern></defs>',
    ...bars,
    ...names,
    ...squares,
    `<rect x="${LEFT - 1}" y="${top + asked * CELL - 1}" width="${CELL * tokens.length + 1}" height="${CELL + 1}" fill="none" stroke="#b35000" stroke-width="3"/>`,
    `<text x="${width / 2}" y="${height - 12}">the row of “${escaped[asked]}”: brighter is a larger share, hatched is the future</text>`,
    '</svg>',
    ''
  ].join('\n');
}

function css(rgb: Rgb): string {
  return `rgb(${rgb.join()})`;
}
