/**
 * Weights from a file in the format safetensors: eight bytes that tell how long the header
 * is, the header as JSON, then the numbers of all tensors. Pure: bytes in, numbers out.
 */
import { float } from '../tensor';

export interface IWeight {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

interface IEntry {
  readonly dtype?: unknown;
  readonly shape?: unknown;
  readonly data_offsets?: unknown;
}

/** The file's names of number formats → the kit's names, and bytes a number. */
const FORMATS: Readonly<Record<string, readonly [string, number]>> = {
  F32: ['float32', 4],
  F16: ['float16', 2],
  BF16: ['bfloat16', 2]
};

/** Every tensor by its name, as 32-bit numbers. Throws a sentence for a damaged file. */
export function readWeights(file: DataView): Map<string, IWeight> {
  const size = file.byteLength < 8 ? NaN : Number(file.getBigUint64(0, true));
  if (!(size >= 0 && 8 + size <= file.byteLength)) {
    throw damaged('it is cut off');
  }
  const text = new TextDecoder().decode(
    new Uint8Array(file.buffer, file.byteOffset + 8, size)
  );
  let header: Record<string, IEntry>;
  try {
    header = JSON.parse(text) as Record<string, IEntry>;
  } catch {
    throw damaged('its header cannot be read');
  }
  const found = new Map<string, IWeight>();
  for (const [name, entry] of Object.entries(header)) {
    if (name !== '__metadata__') {
      found.set(name, read(file, 8 + size, name, entry));
    }
  }
  return found;
}

function read(
  file: DataView,
  begin: number,
  name: string,
  { dtype, shape, data_offsets: offsets }: IEntry
): IWeight {
  const [format, width] = FORMATS[String(dtype)] ?? [];
  if (format === undefined || width === undefined) {
    throw damaged(`${name} has numbers of the kind ${String(dtype)}`);
  }
  if (!Array.isArray(shape) || !Array.isArray(offsets)) {
    throw damaged(`nothing is said about the shape of ${name}`);
  }
  const sizes = shape.map(Number);
  const count = sizes.reduce((product, length) => product * length, 1);
  const [from, to] = offsets.map(Number) as [number, number];
  if (to - from !== count * width || !(from >= 0)) {
    throw damaged(`${name} does not fill its shape`);
  }
  if (begin + to > file.byteLength) {
    throw damaged('it is cut off');
  }
  const get = float(format);
  const part = new DataView(
    file.buffer,
    file.byteOffset + begin + from,
    to - from
  );
  const data = new Float32Array(count);
  for (let n = 0; n < count; n++) {
    data[n] = get(part, n);
  }
  return { shape: sizes, data };
}

function damaged(reason: string): Error {
  return new Error(
    `The weights of the model cannot be used: ${reason}. Load them again; if that does not help, copy the model's folder anew.`
  );
}
