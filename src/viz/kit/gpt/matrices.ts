/**
 * Matrix times list of numbers, which is nearly all the work of a small model: in plain
 * JavaScript, to be read, and the same behind it in WebAssembly (`wasm.ts`).
 */

/** `x` has a number for each column; a number for each row comes into `out`. */
export type Multiply = (x: Float32Array, out: Float32Array) => void;

export interface IMatrices {
  readonly kind: 'WebAssembly' | 'JavaScript';
  /** Take in a matrix, row after row, and give back what multiplies with it. */
  add(weights: Float32Array, rows: number, columns: number): Multiply;
}

export function plainMatrices(): IMatrices {
  return {
    kind: 'JavaScript',
    add: (weights, rows, columns) => (x, out) => {
      for (let row = 0, n = 0; row < rows; row++) {
        let sum = 0;
        for (let column = 0; column < columns; column++) {
          sum += (weights[n++] as number) * (x[column] as number);
        }
        out[row] = sum;
      }
    }
  };
}
