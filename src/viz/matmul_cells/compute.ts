/**
 * Matrix multiplication cell by cell: Y = X W, as `nanochat/gpt.py:Linear` works it out
 * with the weights on their side. Pure: no drawing.
 */
import type { IShaped } from '../kit/shaped';

export interface IMatmulInputs {
  /** (N, K): one row for each row of the result. */
  readonly x: IShaped;
  /** (K, M): one column for each column of the result. */
  readonly w: IShaped;
}

export interface IMatmulParams {
  readonly row: number;
  readonly column: number;
}

export interface ISummand {
  readonly x: number;
  readonly w: number;
  readonly product: number;
  /** What the terms up to this one add up to. */
  readonly sum: number;
}

export interface IMatmul {
  readonly sizes: {
    readonly N: number;
    readonly K: number;
    readonly M: number;
  };
  /** Y, row by row. */
  readonly y: ReadonlyArray<readonly number[]>;
  /** How the cell at `row`, `column` comes about. */
  readonly terms: readonly ISummand[];
  readonly multiplications: number;
}

export function compute(
  { x, w }: IMatmulInputs,
  { row, column }: IMatmulParams
): IMatmul {
  const [N = 0, K = 0] = x.shape;
  const [inner = 0, M = 0] = w.shape;
  if (K !== inner) {
    throw new Error(
      `(${N}, ${K}) times (${inner}, ${M}) does not go: the inner sizes, ${K} and ${inner}, must be equal.`
    );
  }
  const termsOf = (i: number, j: number): ISummand[] => {
    let sum = 0;
    return Array.from({ length: K }, (_, k) => {
      const [a, b] = [x.data[i * K + k] ?? NaN, w.data[k * M + j] ?? NaN];
      sum += a * b;
      return { x: a, w: b, product: a * b, sum };
    });
  };
  return {
    sizes: { N, K, M },
    y: Array.from({ length: N }, (_, i) =>
      Array.from({ length: M }, (__, j) => termsOf(i, j).at(-1)?.sum ?? 0)
    ),
    terms: termsOf(row, column),
    multiplications: N * K * M
  };
}
