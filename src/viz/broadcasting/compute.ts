/**
 * Broadcasting, as NumPy defined it and torch does it: shapes are lined up from the right, a
 * missing size counts as 1, and a size of 1 is read again and again. Pure: no drawing.
 */

/** The directions, outermost first. */
export const AXES = ['sheets', 'rows', 'columns'] as const;

/** The sizes of a table: sheets, rows, columns; 0 where it has no such direction. */
export type Sizes = readonly [number, number, number];

export interface IBroadcastInputs {
  readonly first: Sizes;
  readonly second: Sizes;
}

export interface IBroadcastParams {
  /** 1: the two are multiplied; 0: added. */
  readonly times: number;
}

type Verdict = 'missing' | 'equal' | 'first' | 'second' | 'breaks';

export interface IAxis {
  readonly first: number;
  readonly second: number;
  /** The size of the result; 0 where there is none. */
  readonly result: number;
  /** Which of the two is reused in this direction, if one is. */
  readonly verdict: Verdict;
}

export interface IPlace {
  readonly index: readonly [number, number, number];
  /** The two numbers that meet here, and what comes of them. */
  readonly first: number;
  readonly second: number;
  readonly result: number;
}

export interface IBroadcast {
  readonly axes: readonly [IAxis, IAxis, IAxis];
  readonly fits: boolean;
  /** All places of the result in the order of memory; empty when the two do not fit. */
  readonly places: readonly IPlace[];
}

export function compute(
  { first, second }: IBroadcastInputs,
  { times }: IBroadcastParams
): IBroadcast {
  const axes = [0, 1, 2].map(axis =>
    judged(first[axis] as number, second[axis] as number)
  ) as unknown as readonly [IAxis, IAxis, IAxis];
  const fits = axes.every(({ verdict }) => verdict !== 'breaks');
  const [S, R, C] = axes.map(({ result }) => Math.max(result, 1)) as [
    number,
    number,
    number
  ];
  const places = Array.from({ length: fits ? S * R * C : 0 }, (_, n) => {
    const index = [
      Math.floor(n / (R * C)),
      Math.floor(n / C) % R,
      n % C
    ] as const;
    const a = firstAt(first, index, times);
    const b = secondAt(second, index, times);
    return { index, first: a, second: b, result: times ? a * b : a + b };
  });
  return { axes, fits, places };
}

/** The shape as it is written: without the directions that are not there. */
export function shapeOf(sizes: Sizes): number[] {
  return sizes.filter(size => size > 0);
}

/** Sizes with no hole: what has sheets has rows. */
export function whole([sheets, rows, columns]: Sizes): Sizes {
  return [sheets, sheets > 0 ? Math.max(rows, 1) : rows, Math.max(columns, 1)];
}

/** The place in memory that is read for an index of the result: sizes of 1 stand still. */
export function origin(
  sizes: Sizes,
  index: readonly [number, number, number]
): number {
  return sizes.reduce(
    (place, size, axis) =>
      place * Math.max(size, 1) + (size > 1 ? (index[axis] as number) : 0),
    0
  );
}

/** The prices 10, 20, 30 …, or for products 0, 1, 2 … */
export function firstAt(
  sizes: Sizes,
  index: readonly [number, number, number],
  times: number
): number {
  const place = origin(sizes, index);
  return times ? place : 10 * (place + 1);
}

/** The changes 1, 2, 3 …, or for products 1, 10, 20 … */
export function secondAt(
  sizes: Sizes,
  index: readonly [number, number, number],
  times: number
): number {
  const place = origin(sizes, index);
  return times ? Math.max(10 * place, 1) : place + 1;
}

function judged(first: number, second: number): IAxis {
  const [a, b] = [Math.max(first, 1), Math.max(second, 1)];
  const verdict: Verdict =
    first === 0 && second === 0
      ? 'missing'
      : a === b
        ? 'equal'
        : a === 1
          ? 'first'
          : b === 1
            ? 'second'
            : 'breaks';
  const result =
    verdict === 'missing' || verdict === 'breaks' ? 0 : Math.max(a, b);
  return { first, second, result, verdict };
}
