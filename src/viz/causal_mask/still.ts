/** The committed still: the shares with the mask off and with it on. */
import { percent } from '../kit/format';
import { sequential } from '../kit/scale';
import { type IShaped, shaped } from '../kit/shaped';
import { compute } from './compute';
import example from './example.json';
import meta from './meta.json';

const CELL = 58;
const LEFT = 70;
const TOP = 56;
const PANEL = LEFT + 4 * CELL + 30;

export default function still(): string {
  const { tokens } = example;
  const panel = (mask: number, x: number, title: string): string => {
    const { rows } = compute(
      { scores: shaped(example.scores, 2) as IShaped },
      { mask }
    );
    const cells = rows.flatMap((row, y) =>
      row.map(({ share, used, later }, n) => {
        const hidden = used === -Infinity;
        const [cx, cy] = [x + LEFT + n * CELL, TOP + y * CELL];
        const fill = hidden
          ? 'url(#later)'
          : `rgb(${sequential(share).join()})`;
        const text = hidden
          ? ''
          : `<text x="${cx + CELL / 2}" y="${cy + 34}" fill="${share > 0.6 ? '#222' : '#fff'}">${percent(share, 0)}</text>`;
        const ring =
          later && !hidden
            ? `<rect x="${cx + 2}" y="${cy + 2}" width="${CELL - 6}" height="${CELL - 6}" fill="none" stroke="#e07b20" stroke-width="3"/>`
            : '';
        return `<rect x="${cx}" y="${cy}" width="${CELL - 2}" height="${CELL - 2}" fill="${fill}"/>${ring}${text}`;
      })
    );
    const names = tokens.map(
      (token, n) =>
        `<text x="${x + LEFT - 8}" y="${TOP + n * CELL + 34}" text-anchor="end">${token}</text>` +
        `<text x="${x + LEFT + (n + 0.5) * CELL}" y="${TOP - 8}">${token}</text>`
    );
    return [
      `<text x="${x + LEFT + 2 * CELL}" y="20" font-weight="bold">${title}</text>`,
      ...names,
      ...cells
    ].join('\n');
  };
  const width = 2 * PANEL;
  const height = TOP + 4 * CELL + 36;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="sans-serif" font-size="13" text-anchor="middle" fill="#444">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    '<defs><pattern id="later" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line y2="6" stroke="#999"/></pattern></defs>',
    '<rect width="100%" height="100%" fill="#fff"/>',
    panel(2, 0, 'mask off: the future leaks'),
    panel(0, PANEL, 'mask on'),
    `<text x="${width / 2}" y="${height - 12}">A row looks, a column is looked at. Every row adds up to 100%.</text>`,
    '</svg>',
    ''
  ].join('\n');
}
