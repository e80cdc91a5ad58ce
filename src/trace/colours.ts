/**
 * The colours of numbers on canvas: fixed, never the theme's, and readable for colour-blind
 * eyes. Shares go from dark blue to pale yellow; numbers with a sign from blue over white to
 * orange, white being zero.
 */
import type { IMatrix } from './tensor';

type Rgb = readonly [number, number, number];

const SHARES: readonly Rgb[] = [
  [13, 27, 56],
  [0, 84, 140],
  [64, 150, 196],
  [165, 205, 190],
  [255, 238, 150]
];
const SIGNED: readonly Rgb[] = [
  [8, 69, 148],
  [107, 174, 214],
  [247, 247, 247],
  [253, 174, 107],
  [166, 54, 3]
];
/** NaN and infinity: a colour that no number has. */
const BROKEN: Rgb = [214, 0, 147];

export interface IScale {
  readonly signed: boolean;
  readonly min: number;
  readonly max: number;
}

/** Shares from 0 to 1; else zero in the middle, the farthest number at an end. */
export function scaleFor(min: number, max: number, share: boolean): IScale {
  if (share) {
    return { signed: false, min: 0, max: 1 };
  }
  const far = Math.max(Math.abs(min), Math.abs(max)) || 1;
  return { signed: true, min: -far, max: far };
}

export function colour(value: number, { signed, min, max }: IScale): Rgb {
  if (!Number.isFinite(value)) {
    return BROKEN;
  }
  const stops = signed ? SIGNED : SHARES;
  const last = stops.length - 1;
  const place = Math.min(Math.max((value - min) / (max - min), 0), 1) * last;
  const left = Math.min(Math.floor(place), last - 1);
  const [a, b] = [stops[left], stops[left + 1]];
  const mix = (n: 0 | 1 | 2): number =>
    Math.round(a[n] + (b[n] - a[n]) * (place - left));
  return [mix(0), mix(1), mix(2)];
}

export function gradient(scale: IScale): string {
  const stops = (scale.signed ? SIGNED : SHARES).map(c => `rgb(${c.join()})`);
  return `linear-gradient(90deg,${stops.join()})`;
}

/** One pixel a number. */
export function paint(
  canvas: HTMLCanvasElement,
  { rows, columns, values }: IMatrix,
  scale: IScale
): void {
  canvas.width = Math.max(columns, 1);
  canvas.height = Math.max(rows, 1);
  const context = canvas.getContext('2d');
  if (context === null || rows * columns === 0) {
    return;
  }
  const image = context.createImageData(columns, rows);
  for (let n = 0; n < values.length; n++) {
    const [r, g, b] = colour(values[n], scale);
    image.data.set([r, g, b, 255], 4 * n);
  }
  context.putImageData(image, 0, 0);
}
