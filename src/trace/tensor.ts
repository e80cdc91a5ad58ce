/** Numbers of a trace as the browser gets them: raw bytes → values, and a table cut out of them. */
import type { ITraceNumbers } from '../tokens';

export interface ITensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array;
  /** Worked out from other numbers of the trace. */
  readonly computed: boolean;
}

/** A table with rows and columns: the last two directions of a tensor. */
export interface IMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array | Float64Array;
}

const WIDTH: Readonly<Record<string, number>> = {
  F32: 4,
  F16: 2,
  I64: 8,
  I32: 4,
  U8: 1,
  BOOL: 1
};

/** Throws a plain error when the bytes are not what format and shape say. */
export function tensorOf(numbers: ITraceNumbers): ITensor {
  const { dtype, shape, data, computed } = numbers;
  const count = shape.reduce((all, length) => all * length, 1);
  const width = WIDTH[dtype];
  if (width === undefined || data.byteLength !== count * width) {
    throw new Error(
      `${data.byteLength} bytes are no ${dtype} (${shape.join()}).`
    );
  }
  return { shape, computed, values: values(dtype, data, count) };
}

function values(
  dtype: string,
  data: ArrayBuffer,
  count: number
): Float32Array | Float64Array {
  const view = new DataView(data);
  const read = (get: (n: number) => number): Float32Array => {
    const found = new Float32Array(count);
    for (let n = 0; n < count; n++) {
      found[n] = get(n);
    }
    return found;
  };
  switch (dtype) {
    case 'F32':
      return read(n => view.getFloat32(4 * n, true));
    case 'F16':
      return read(n => half(view.getUint16(2 * n, true)));
    case 'I64':
      return Float64Array.from({ length: count }, (_, n) =>
        Number(view.getBigInt64(8 * n, true))
      );
    case 'I32':
      return Float64Array.from({ length: count }, (_, n) =>
        view.getInt32(4 * n, true)
      );
    default:
      return read(n => view.getUint8(n));
  }
}

/** All 65,536 halves, made once: a trace holds millions of them. */
let halves: Float32Array | null = null;

function half(bits: number): number {
  if (halves === null) {
    halves = new Float32Array(1 << 16);
    for (let n = 0; n < halves.length; n++) {
      halves[n] = oneHalf(n);
    }
  }
  return halves[bits];
}

/** IEEE 754: 1 bit of sign, 5 of exponent, 10 of fraction. */
function oneHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) {
    return fraction ? NaN : sign * Infinity;
  }
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * The last two directions, at these places of the directions before them (missing ones are
 * 0, too large ones the last). A list becomes one row.
 */
export function matrixAt(tensor: ITensor, at: readonly number[]): IMatrix {
  const { shape, values: all } = tensor;
  const columns = shape.at(-1) ?? 1;
  const rows = shape.length > 1 ? (shape.at(-2) as number) : 1;
  let place = 0;
  shape.slice(0, -2).forEach((length, n) => {
    place = place * length + Math.min(at[n] ?? 0, Math.max(length - 1, 0));
  });
  const start = place * rows * columns;
  return { rows, columns, values: all.subarray(start, start + rows * columns) };
}

/** One minus the other; null when their shapes differ. */
export function minus(one: ITensor, other: ITensor): ITensor | null {
  if (one.shape.join() !== other.shape.join()) {
    return null;
  }
  const difference = Float64Array.from(
    one.values,
    (value, n) => value - other.values[n]
  );
  return { shape: one.shape, computed: true, values: difference };
}

export interface IRange {
  readonly min: number;
  readonly max: number;
  /** How many are NaN or infinite. */
  readonly notFinite: number;
}

/** Of the finite numbers; 0 to 0 when there are none. */
export function rangeOf(numbers: ArrayLike<number>): IRange {
  let min = Infinity;
  let max = -Infinity;
  let notFinite = 0;
  for (let n = 0; n < numbers.length; n++) {
    const value = numbers[n];
    if (!Number.isFinite(value)) {
      notFinite++;
      continue;
    }
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return min > max ? { min: 0, max: 0, notFinite } : { min, max, notFinite };
}

/** How many finite numbers fall into each of `bins` equal steps from the smallest to the largest. */
export function histogram(
  numbers: ArrayLike<number>,
  { min, max }: IRange,
  bins: number
): number[] {
  const counts = new Array<number>(bins).fill(0);
  const width = (max - min) / bins || 1;
  for (let n = 0; n < numbers.length; n++) {
    if (Number.isFinite(numbers[n])) {
      counts[Math.min(Math.floor((numbers[n] - min) / width), bins - 1)]++;
    }
  }
  return counts;
}

/** As few digits as tell it; what is not finite by its name. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  }
  const size = Math.abs(value);
  const text =
    Number.isInteger(value) && size < 1e6
      ? String(value)
      : size !== 0 && (size < 1e-3 || size >= 1e5)
        ? value.toExponential(2)
        : value.toPrecision(4);
  return text.replace('-', '−');
}
