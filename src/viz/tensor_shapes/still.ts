/** The committed still: stack, view and transposed, with the colours of the heads. */
import { compute, type ILayout, type ISizes } from './compute';
import { frame } from './layout';
import meta from './meta.json';

const COLOURS = ['#0072b2', '#b35000', '#00785a', '#a8477f'];
const TINTS = ['#c2dcec', '#f0d6c2', '#c2e0d9', '#ebd3e0'];
const WIDTH = 390;
const NAMES = ['stack', 'view', 'transpose'];

export default function still(): string {
  const { B, T, C, H } = meta.params;
  const sizes: ISizes = {
    B: B.default,
    T: T.default,
    C: C.default,
    H: H.default
  };
  const { layouts } = compute({}, sizes);
  const D = sizes.C / sizes.H;
  let top = 0;
  const parts = [2, 3, 4].map((step, n) => {
    const { cells, boxes, cell, height } = frame(sizes, step, 0, WIDTH);
    const layout = layouts[step] as ILayout;
    const drawn = [
      ...boxes.map(
        box =>
          `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="4" fill="none" stroke="${box.kind === 'head' ? COLOURS[box.number] : '#888'}"/>`
      ),
      ...cells.map(({ place, x, y }) => {
        const head = Math.floor((place % sizes.C) / D);
        const [fill, stroke] =
          step === 2 ? ['#e4e4e4', '#888'] : [TINTS[head], COLOURS[head]];
        return (
          `<rect x="${x}" y="${y}" width="${cell - 1}" height="${cell - 1}" rx="2" fill="${fill}" stroke="${stroke}"/>` +
          `<text x="${x + cell / 2}" y="${y + cell / 2 + 4}" text-anchor="middle" font-size="11" fill="#222">${place}</text>`
        );
      })
    ];
    const part = [
      `<g transform="translate(0 ${top})">`,
      ...drawn,
      `<text x="${WIDTH}" y="60" font-weight="bold">${NAMES[n]}</text>`,
      `<text x="${WIDTH}" y="80">(${layout.axes.join(', ')}) = (${layout.sizes.join(', ')})</text>`,
      `<text x="${WIDTH}" y="100">${layout.sizes.join(' × ')} = ${layout.count} numbers</text>`,
      '</g>'
    ].join('\n');
    top += height;
    return part;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="20 24 ${WIDTH + 150} ${top - 8}" role="img" font-family="sans-serif" font-size="13" fill="#555">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    '<rect x="20" y="24" width="100%" height="100%" fill="#fff"/>',
    ...parts,
    '</svg>',
    ''
  ].join('\n');
}
