/**
 * Matrix times list in WebAssembly: sixteen products at a time (four lists of four numbers).
 * One loop in one function, so it is written down here instruction by instruction, as the
 * text format of WebAssembly would have it, and put into bytes when the page needs it. Why
 * there is no compiler: docs/decisions/0020-model-in-the-page.md.
 */
import type { IMatrices } from './matrices';

type Code = readonly number[];

// The parameters and variables of the function, by number.
const [W, X, OUT, ROWS, BYTES, AT, END] = [0, 1, 2, 3, 4, 5, 6];
const SUMS = [7, 8, 9, 10] as const;
/** Numbers in one turn of the inner loop; rows are filled up with zeros to a multiple. */
const STRIDE = 16;
const WIDTH = 4; // bytes of a number

// Instructions, folded: what an instruction takes stands inside it. Codes from the standard.
const get = (local: number): Code => [0x20, local];
const set = (local: number, value: Code): Code => [...value, 0x21, local];
const int = (value: number): Code => [0x41, ...signed(value)];
const add = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
const subtract = (a: Code, b: Code): Code => [...a, ...b, 0x6b];
const below = (a: Code, b: Code): Code => [...a, ...b, 0x49];
/** Repeats while the last value in it is not 0. */
const loop = (...body: Code[]): Code => [
  ...[0x03, 0x40],
  ...body.flat(),
  ...[0x0d, 0, 0x0b]
];
const store = (at: Code, value: Code): Code => [...at, ...value, 0x38, 2, 0];
const plus = (a: Code, b: Code): Code => [...a, ...b, 0x92];
// four numbers at once
const zeros: Code = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];
const load = (at: Code, offset: number): Code => [...at, 0xfd, 0, 2, offset];
const lane = (from: Code, n: number): Code => [...from, 0xfd, 0x1f, n];
const plus4 = (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xe4, 1];
const times4 = (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xe6, 1];

const [A, B, C, D] = SUMS;
const BODY = loop(
  // a row: nothing summed up yet, and the list from its beginning
  ...SUMS.map(sum => set(sum, zeros)),
  set(AT, get(X)),
  set(END, add(get(X), get(BYTES))),
  loop(
    ...SUMS.map((sum, n) => {
      const products = times4(load(get(W), 16 * n), load(get(AT), 16 * n));
      return set(sum, plus4(get(sum), products));
    }),
    set(W, add(get(W), int(STRIDE * WIDTH))),
    set(AT, add(get(AT), int(STRIDE * WIDTH))),
    below(get(AT), get(END))
  ),
  set(A, plus4(plus4(get(A), get(B)), plus4(get(C), get(D)))),
  store(
    get(OUT),
    plus(
      plus(lane(get(A), 0), lane(get(A), 1)),
      plus(lane(get(A), 2), lane(get(A), 3))
    )
  ),
  set(OUT, add(get(OUT), int(WIDTH))),
  set(ROWS, subtract(get(ROWS), int(1))),
  get(ROWS)
);

/** The module: a memory of one page, and `multiply(w, x, out, rows, bytes of a row)`. */
function moduleBytes(): Uint8Array<ArrayBuffer> {
  const [i32, v128] = [0x7f, 0x7b];
  const code = [...list([[2, i32], [SUMS.length, v128]]), ...BODY, 0x0b]; // prettier-ignore
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // “\0asm”, version 1
    ...section(1, list([[0x60, ...sized([i32, i32, i32, i32, i32]), 0]])),
    ...section(3, list([[0]])),
    ...section(5, list([[0, 1]])),
    ...section(
      7,
      list([
        [...sized(ascii('memory')), 2, 0],
        [...sized(ascii('multiply')), 0, 0]
      ])
    ),
    ...section(10, list([sized(code)]))
  ]);
}

interface IExports {
  readonly memory: WebAssembly.Memory;
  multiply(
    w: number,
    x: number,
    out: number,
    rows: number,
    bytes: number
  ): void;
}

/** Throws where the browser has no WebAssembly with lists of four, or may not use it. */
export function wasmMatrices(): IMatrices {
  const module = new WebAssembly.Module(moduleBytes());
  const { exports } = new WebAssembly.Instance(module);
  const { memory, multiply } = exports as unknown as IExports;
  let used = 0;
  let view = new Float32Array(memory.buffer);
  /** Room for so many numbers, all 0; where it begins, counted in numbers. */
  const room = (numbers: number): number => {
    const begin = used;
    used += numbers;
    const lacking = used * WIDTH - memory.buffer.byteLength;
    if (lacking > 0) {
      memory.grow(Math.ceil(lacking / 65_536));
    }
    return begin;
  };
  const numbers = (): Float32Array => {
    if (view.length === 0) {
      view = new Float32Array(memory.buffer); // it has grown and moved
    }
    return view;
  };
  return {
    kind: 'WebAssembly',
    add(weights, rows, columns) {
      const stride = Math.ceil(columns / STRIDE) * STRIDE;
      const w = room(rows * stride);
      const x = room(stride);
      const out = room(rows);
      for (let row = 0; row < rows; row++) {
        const begin = row * columns;
        const part = weights.subarray(begin, begin + columns);
        numbers().set(part, w + row * stride);
      }
      return (from, to) => {
        const all = numbers();
        all.set(from.length > columns ? from.subarray(0, columns) : from, x);
        multiply(w * WIDTH, x * WIDTH, out * WIDTH, rows, stride * WIDTH);
        to.set(all.subarray(out, out + rows));
      };
    }
  };
}

function section(id: number, content: Code): Code {
  return [id, ...sized(content)];
}

function list(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function sized(content: Code): Code {
  return [...unsigned(content.length), ...content];
}

function ascii(text: string): Code {
  return [...text].map(letter => letter.charCodeAt(0));
}

/** LEB128: seven bits a byte, the lowest first; the highest bit says that more follow. */
function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >> 7)];
}

/** The same with a sign, which is the second highest bit of the last byte. */
function signed(value: number): Code {
  return value < 64 ? [value] : [(value & 127) | 128, ...signed(value >> 7)];
}
