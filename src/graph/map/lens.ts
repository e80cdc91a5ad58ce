/** How the world falls on the panel: numbers only, shared by all who draw or point. */
import type { IBox } from '../layout/sizes';

/** Screen = world * k + (x, y), in CSS pixels. */
export interface ILens {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

export interface IView extends ILens {
  readonly width: number;
  readonly height: number;
}

export const NEAREST = 4;
export const FARTHEST = 0.05;
/** Pixels above a map that begins at the top: the names of its regions stand there. */
const TOP = 24;

/** Sizes shrink and grow slower than distances: far away still seen, close not huge. */
export function sizeAt(k: number): number {
  return Math.max(0.42, Math.min(2, k ** 0.65));
}

/** What of the world is on the panel, with room for what overlaps its border. */
export function worldOf({ x, y, k, width, height }: IView): IBox {
  const margin = 20 / k;
  return {
    x0: -x / k - margin,
    y0: -y / k - margin,
    x1: (width - x) / k + margin,
    y1: (height - y) / k + margin
  };
}

/**
 * The lens that shows a whole box, never nearer than `most`. In the middle, or at the
 * `top` where there is height to spare: what is read begins there.
 */
export function fitting(
  box: IBox,
  width: number,
  height: number,
  most: number,
  top = false
): ILens {
  const margin = Math.min(12, width / 8, height / 8);
  const k = Math.max(
    FARTHEST,
    Math.min(
      most,
      (width - 2 * margin) / Math.max(1, box.x1 - box.x0),
      (height - 2 * margin) / Math.max(1, box.y1 - box.y0)
    )
  );
  const [x, y] = [(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2];
  const lens = centred(x, y, k, width, height);
  return top ? { ...lens, y: Math.min(lens.y, TOP - box.y0 * k) } : lens;
}

/** The lens at `k` with a point of the world in the middle. */
export function centred(
  x: number,
  y: number,
  k: number,
  width: number,
  height: number
): ILens {
  return { k, x: width / 2 - x * k, y: height / 2 - y * k };
}

/** The lens between two, `t` from 0 to 1; zooms evenly to the eye. */
export function between(from: ILens, to: ILens, t: number): ILens {
  return {
    k: from.k * (to.k / from.k) ** t,
    x: from.x + (to.x - from.x) * t,
    y: from.y + (to.y - from.y) * t
  };
}

/** The nearest lens at the same zoom with that point of the world well in sight. */
export function nudged(
  { x, y, k, width, height }: IView,
  wx: number,
  wy: number,
  covered: number
): ILens {
  const bottom = height - covered;
  const margin = Math.min(60, width / 4, bottom / 4);
  const [px, py] = [wx * k + x, wy * k + y];
  const into = (at: number, most: number): number =>
    Math.max(margin, Math.min(most - margin, at)) - at;
  return { k, x: x + into(px, width), y: y + into(py, bottom) };
}
