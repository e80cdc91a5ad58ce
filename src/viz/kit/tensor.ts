/** Numbers as hosts send them: a plain list, or `{dtype, shape, data}` with raw bytes. */
import type { IModel } from './host';

interface ITensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: DataView;
}

/** The numbers of `value`, or `otherwise` when there are none. Throws on an unknown dtype. */
export function numbers(
  value: unknown,
  otherwise: readonly number[]
): number[] {
  if (Array.isArray(value)) {
    return value.map(Number);
  }
  if (typeof value === 'number') {
    return [value];
  }
  return isTensor(value) ? read(value) : [...otherwise];
}

/** One number under `name`, or `otherwise`. */
export function oneNumber(
  model: IModel,
  name: string,
  otherwise: number
): number {
  return numbers(model.get(name), [otherwise])[0] ?? otherwise;
}

function isTensor(value: unknown): value is ITensor {
  return (value as ITensor | null)?.data instanceof DataView;
}

function read({ dtype, data }: ITensor): number[] {
  const get = float(dtype);
  const width = WIDTHS[dtype] as number;
  const length = Math.floor(data.byteLength / width);
  return Array.from({ length }, (_, n) => get(data, n));
}

const WIDTHS: Readonly<Record<string, number>> = {
  float32: 4,
  float64: 8,
  int32: 4,
  bfloat16: 2,
  float16: 2
};

/** Reads number `n` of a list in this format. Throws on an unknown dtype. */
export function float(dtype: string): (data: DataView, n: number) => number {
  switch (dtype) {
    case 'float32':
      return (data, n) => data.getFloat32(4 * n, true);
    case 'float64':
      return (data, n) => data.getFloat64(8 * n, true);
    case 'int32':
      return (data, n) => data.getInt32(4 * n, true);
    case 'bfloat16':
      return (data, n) => bfloat16(data.getUint16(2 * n, true));
    case 'float16':
      return (data, n) => float16(data.getUint16(2 * n, true));
    default:
      throw new Error(`Numbers of the kind ${dtype} cannot be shown here.`);
  }
}

const scratch = new DataView(new ArrayBuffer(4));

/** bfloat16 is the upper half of a float32. */
function bfloat16(bits: number): number {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
}

/** IEEE 754 half: 1 sign, 5 exponent, 10 fraction bits. */
function float16(bits: number): number {
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
