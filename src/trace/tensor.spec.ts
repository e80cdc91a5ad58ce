import { describe, expect, it } from 'vitest';

import { colour, scaleFor } from './colours';
import { histogram, matrixAt, minus, rangeOf, shown, tensorOf } from './tensor';

const tensor = (shape: number[], values: number[]) => ({
  shape,
  values: Float64Array.from(values),
  computed: false
});

describe('numbers of a trace', () => {
  it('reads every format', () => {
    const read = (dtype: string, bytes: number[], shape = [1]) =>
      tensorOf({
        dtype,
        shape,
        computed: false,
        data: Uint8Array.from(bytes).buffer
      }).values[0];
    expect(read('F16', [0x00, 0x3c])).toBe(1);
    expect(read('F16', [0x01, 0x80])).toBe(-(2 ** -24));
    expect(read('F16', [0x00, 0xfc])).toBe(-Infinity);
    expect(read('F16', [0x01, 0x7e])).toBeNaN();
    expect(read('F32', [0, 0, 0xc0, 0xbf])).toBe(-1.5);
    expect(read('I32', [0xfe, 0xff, 0xff, 0xff])).toBe(-2);
    expect(read('I64', [1, 0, 0, 0, 1, 0, 0, 0])).toBe(2 ** 32 + 1);
    expect(read('U8', [200])).toBe(200);
    expect(read('BOOL', [1], [])).toBe(1);
  });

  it('refuses bytes that are not what the shape says', () => {
    const data = new ArrayBuffer(8);
    for (const [dtype, shape] of [
      ['F32', [3]],
      ['F16', [2]],
      ['BF16', [4]]
    ] as const) {
      expect(() => tensorOf({ dtype, shape, data, computed: false })).toThrow(
        'bytes are no'
      );
    }
  });

  it('cuts out the table of one head', () => {
    const all = tensor(
      [2, 3, 1, 2],
      Array.from({ length: 12 }, (_, n) => n)
    );
    expect([...matrixAt(all, [1, 2]).values]).toEqual([10, 11]);
    expect([...matrixAt(all, []).values]).toEqual([0, 1]);
    expect([...matrixAt(all, [1, 99]).values]).toEqual([10, 11]);
    expect(matrixAt(tensor([3], [1, 2, 3]), [])).toMatchObject({
      rows: 1,
      columns: 3
    });
    expect(matrixAt(tensor([], [7]), [])).toMatchObject({
      rows: 1,
      columns: 1
    });
    expect(matrixAt(tensor([2, 0], []), [])).toMatchObject({
      rows: 2,
      columns: 0
    });
  });

  it('takes one from the other, or says that shapes differ', () => {
    const one = tensor([2], [1, 5]);
    expect([...(minus(one, tensor([2], [3, 1]))?.values ?? [])]).toEqual([
      -2, 4
    ]);
    expect(minus(one, tensor([1, 2], [3, 1]))).toBeNull();
  });

  it('counts what is not finite apart', () => {
    const numbers = [1, NaN, -3, Infinity, 1];
    const range = rangeOf(numbers);
    expect(range).toEqual({ min: -3, max: 1, notFinite: 2 });
    expect(histogram(numbers, range, 4)).toEqual([1, 0, 0, 2]);
    expect(histogram([2, 2], rangeOf([2, 2]), 3)).toEqual([2, 0, 0]);
    expect(rangeOf([NaN])).toEqual({ min: 0, max: 0, notFinite: 1 });
  });

  it('writes numbers short, and never a wrong one', () => {
    expect([0, -1.5, 0.25, 123456.7, 1e-9, NaN, -Infinity].map(shown)).toEqual([
      '0',
      '−1.500',
      '0.2500',
      '1.23e+5',
      '1.00e−9',
      'NaN',
      '−∞'
    ]);
  });

  it('gives zero the middle colour, and NaN one that no number has', () => {
    const scale = scaleFor(-1, 4, false);
    expect(scale).toMatchObject({ min: -4, max: 4 });
    expect(colour(0, scale)).toEqual([247, 247, 247]);
    expect(colour(9, scale)).toEqual(colour(4, scale));
    expect(colour(NaN, scale)).toEqual([214, 0, 147]);
    expect(scaleFor(0.2, 0.3, true)).toMatchObject({ min: 0, max: 1 });
  });
});
