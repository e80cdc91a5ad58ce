/** The committed still: the three likeliest tokens after every layer. */
import { percent } from '../kit/format';
import example from './example.json';
import meta from './meta.json';
import { tokenText } from './texts';

const WIDE = 150;
const ROW = 22;
const TOP = 70;
const BARS = 100;

export default function still(): string {
  const last = example.shares.length - 1;
  const winner = example.ids[last]?.[0];
  const text = example.tokens.slice(1).join('');
  const columns = example.ids.map((ids, layer) => {
    const title =
      layer === 0
        ? 'no layer yet'
        : layer === last
          ? `layer ${layer - 1}, the last`
          : `layer ${layer - 1}`;
    const rows = ids.slice(0, 5).map((id, rank) => {
      const share = example.shares[layer]?.[rank] as number;
      const y = TOP + rank * ROW * 1.7;
      const colour = id === winner ? '#b35000' : '#0072b2';
      return (
        `<text x="0" y="${y}" ${id === winner ? 'font-weight="bold"' : ''}>${escaped(tokenText(id, example.names[layer]?.[rank] as string))}  ${percent(share)}</text>` +
        `<rect x="0" y="${y + 5}" width="${Math.max(share * BARS, 1).toFixed(1)}" height="8" fill="${colour}"/>`
      );
    });
    return `<g transform="translate(${20 + layer * WIDE} 0)"><text x="0" y="${TOP - 26}" font-weight="bold">${title}</text>${rows.join('')}</g>`;
  });
  const width = 20 + example.ids.length * WIDE;
  const height = TOP + 5 * ROW * 1.7 + 30;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="sans-serif" font-size="13" fill="#444">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="20" y="20">After “${escaped(text)}”: what would be written next?</text>`,
    ...columns,
    `<text x="20" y="${height - 12}" fill="#777">Readings before the last layer are raw: the layers that follow have not worked on them.</text>`,
    '</svg>',
    ''
  ].join('\n');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
