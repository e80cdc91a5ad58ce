/** The committed still: a list shifted by 2, and what each norm makes of it. */
import { fixed } from '../kit/format';
import { apart, compute, type IList } from './compute';
import example from './example.json';
import meta from './meta.json';

const WIDTH = 310;
const GAP = 30;
const UNIT = 24;
const BLUE = '#0072b2';
const ORANGE = '#b35000';

export default function still(): string {
  const { x, rms_eps: rmsEps, layer_eps: layerEps } = example;
  const inputs = { x, rmsEps, layerEps };
  const before = compute(inputs, { shift: 0, times: 1 });
  const after = compute(inputs, { shift: 2, times: 1 });
  const column = WIDTH / x.length;

  /** Bars of `list`, dashed outlines of `old`, a dotted line at the mean. */
  const panel = (
    [left, zero]: readonly [number, number],
    title: string,
    list: IList,
    old: IList
  ): string => {
    const box = (value: number, at: number, inset: number, more: string) =>
      `<rect x="${(left + at * column + inset).toFixed(1)}" y="${(zero - Math.max(value, 0) * UNIT).toFixed(1)}" width="${(column - 2 * inset).toFixed(1)}" height="${(Math.abs(value) * UNIT).toFixed(1)}" ${more}/>`;
    const mean = (zero - list.mean * UNIT).toFixed(1);
    return [
      `<text x="${left + WIDTH / 2}" y="${zero - 4.4 * UNIT}" font-weight="bold">${title}</text>`,
      ...list.values.map((value, i) => box(value, i, 8, `fill="${BLUE}"`)),
      ...old.values.map((value, i) =>
        box(value, i, 4, 'fill="none" stroke="#333" stroke-dasharray="3 2"')
      ),
      `<line x1="${left}" x2="${left + WIDTH}" y1="${zero}" y2="${zero}" stroke="#999"/>`,
      `<line x1="${left}" x2="${left + WIDTH}" y1="${mean}" y2="${mean}" stroke="${ORANGE}" stroke-width="3" stroke-dasharray="1 5" stroke-linecap="round"/>`,
      `<text x="${left + WIDTH / 2}" y="${zero + 3.2 * UNIT}">mean ${fixed(list.mean)}, length ${fixed(list.length)}</text>`
    ].join('\n');
  };
  const all = 2 * WIDTH + GAP;
  const told = (name: string, one: IList, other: IList): string => {
    const by = apart(one, other);
    return by < 5e-3
      ? `${name}: as before`
      : `${name}: moved by up to ${fixed(by)}`;
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${all} 460" role="img" font-family="sans-serif" font-size="13" text-anchor="middle" fill="#555">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    panel(
      [(all - WIDTH) / 2, 130],
      'eight numbers, 2 added to each (dashed: before)',
      after.given,
      before.given
    ),
    panel(
      [0, 345],
      told('RMSNorm', before.rmsNorm, after.rmsNorm),
      after.rmsNorm,
      before.rmsNorm
    ),
    panel(
      [WIDTH + GAP, 345],
      told('LayerNorm', before.layerNorm, after.layerNorm),
      after.layerNorm,
      before.layerNorm
    ),
    `<text x="${all / 2}" y="450">Orange dots: the mean. LayerNorm subtracts it, so a shift is undone.</text>`,
    '</svg>',
    ''
  ].join('\n');
}
