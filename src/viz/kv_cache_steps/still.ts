/** The committed still: the triangle without a cache beside the diagonal with it. */
import { compute } from './compute';
import example from './example.json';
import meta from './meta.json';
import { COLOURS } from './style';
import { workOf } from './texts';

const CELL = 22;
const TOP = 62;
const GAP = 40;

export default function still(): string {
  const positions = example.tokens.length;
  const inputs = {
    positions,
    layers: example.layers,
    headWidth: example.head_width,
    numberBytes: example.number_bytes
  };
  const end = compute(inputs, {
    prompt: 1,
    calls: positions,
    kvHeads: example.kv_heads
  });
  const side = CELL * positions;
  const names = example.tokens.map(
    (token, n) =>
      `<text transform="translate(${CELL * (n + 0.5) + 4} -6) rotate(-90)" text-anchor="start">${token.replace(/</g, '&lt;')}</text>`
  );
  const grid = (cached: boolean, x: number, title: string): string[] => [
    `<g transform="translate(${x} ${TOP})">`,
    ...names,
    `<rect width="${side}" height="${side}" fill="none" stroke="#999"/>`,
    ...end.calls.flatMap((call, row) =>
      example.tokens.map((_, column) => {
        const kind = workOf(call, column, cached);
        return kind === null
          ? ''
          : `<rect x="${column * CELL + 1}" y="${row * CELL + 1}" width="${CELL - 2}" height="${CELL - 2}" fill="rgb(${COLOURS[kind].join()})"/>`;
      })
    ),
    `<text x="${side / 2}" y="${side + 22}">${title}</text></g>`
  ];
  const width = 2 * side + 3 * GAP;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${TOP + side + 60}" role="img" font-family="sans-serif" font-size="12" text-anchor="middle" fill="#555">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    ...grid(false, GAP, `without a cache: ${end.without} keys worked out`),
    ...grid(true, 2 * GAP + side, `with the cache: ${end.with}`),
    `<text x="${width / 2}" y="${TOP + side + 48}">a row for each call: dark blue new, orange again, pale taken from the cache</text>`,
    '</svg>',
    ''
  ].join('\n');
}
