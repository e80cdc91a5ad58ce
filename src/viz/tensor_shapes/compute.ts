/**
 * Shapes and places, as torch has them: the numbers of a tensor stand in one long row of
 * memory, and the strides say how far apart neighbours along each direction are.
 * `view` cuts a direction in two, `transpose` swaps two directions; neither moves a number.
 * Pure: no drawing.
 */

export type Axis = 'B' | 'T' | 'C' | 'H' | 'D';

export interface ISizes {
  /** Texts, tokens of each, numbers of each token, heads that share these. */
  readonly B: number;
  readonly T: number;
  readonly C: number;
  readonly H: number;
}

export interface ILayout {
  readonly axes: readonly Axis[];
  readonly sizes: readonly number[];
  readonly strides: readonly number[];
  /** How many numbers: the product of the sizes. */
  readonly count: number;
}

export interface IShapes {
  /** List, table, stack; and, when the heads can share the width, view and transposed. */
  readonly layouts: readonly ILayout[];
  /** What is left over when C is shared among H. */
  readonly left: number;
}

export function compute(_inputs: object, { B, T, C, H }: ISizes): IShapes {
  for (const size of [B, T, C, H]) {
    if (!Number.isInteger(size) || size < 1) {
      throw new Error('Every size is a whole number from 1 on.');
    }
  }
  const left = C % H;
  const D = C / H;
  const layout = (...all: Array<[Axis, number, number]>): ILayout => ({
    axes: all.map(([axis]) => axis),
    sizes: all.map(([, size]) => size),
    strides: all.map(([, , stride]) => stride),
    count: all.reduce((product, [, size]) => product * size, 1)
  });
  const b: [Axis, number, number] = ['B', B, T * C];
  const t: [Axis, number, number] = ['T', T, C];
  const h: [Axis, number, number] = ['H', H, D];
  const last: [Axis, number, number] = ['D', D, 1];
  const c: [Axis, number, number] = ['C', C, 1];
  const whole = [layout(c), layout(t, c), layout(b, t, c)];
  return {
    layouts: left
      ? whole
      : [...whole, layout(b, t, h, last), layout(b, h, t, last)],
    left
  };
}

/** The index, in this layout, of the number that stands at `place` in memory. */
export function indexOf({ sizes, strides }: ILayout, place: number): number[] {
  return sizes.map((size, i) => {
    const stride = strides[i] as number;
    return Math.floor(place / stride) % size;
  });
}

/** The place in memory that an index names: each part times its stride, added up. */
export function placeOf(
  { strides }: ILayout,
  index: readonly number[]
): number {
  return index.reduce((sum, at, i) => sum + at * (strides[i] as number), 0);
}

/** The places in memory in the order in which one reads the layout, row by row. */
export function readingOrder(layout: ILayout): number[] {
  return Array.from({ length: layout.count }, (_, n) => {
    let rest = n;
    const index = [...layout.sizes]
      .reverse()
      .map(size => {
        const at = rest % size;
        rest = Math.floor(rest / size);
        return at;
      })
      .reverse();
    return placeOf(layout, index);
  });
}
