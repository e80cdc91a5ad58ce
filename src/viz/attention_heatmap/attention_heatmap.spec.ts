import { describe, expect, it } from 'vitest';

import { legendGradient, sequential } from '../kit/scale';
import { shaped } from '../kit/shaped';
import { compute, products, type IAttentionInputs } from './compute';
import example from './example.json';
import golden from './golden.json';

const recorded: IAttentionInputs = {
  q: shaped(example.q, 3),
  k: shaped(example.k, 3),
  pattern: null,
  scale: example.scale,
  window: example.window
};
const [heads, T, width] = example.q.shape as [number, number, number];
const flat = (causal: boolean, what: 'share' | 'score') =>
  Array.from({ length: heads }, (_, head) =>
    compute(recorded, { head, causal }).cells.flatMap(row =>
      row.map(cell => cell[what])
    )
  ).flat();

describe('compute', () => {
  it.each([
    ['with the mask', true, 'share', golden.masked],
    ['without it', false, 'share', golden.open],
    ['before the shares', true, 'score', golden.scores]
  ] as const)('gives what PyTorch gives, %s', (_, causal, what, wanted) => {
    const got = flat(causal, what);
    expect(got).toHaveLength(wanted.length);
    got.forEach((value, n) =>
      expect(value).toBeCloseTo(wanted[n] as number, 4)
    );
  });

  it('makes every row add up to one, and shows nothing of the future', () => {
    for (const causal of [true, false]) {
      compute(recorded, { head: 1, causal }).cells.forEach((row, query) => {
        expect(row.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(
          1,
          9
        );
        row.forEach(({ visible, share }, key) => {
          expect(visible).toBe(!causal || key <= query);
          expect(share > 0).toBe(visible);
        });
      });
    }
  });

  it('adds up the very products that it shows', () => {
    const { cells } = compute(recorded, { head: 2, causal: true });
    const terms = products(recorded, 2, 8, 2);
    expect(terms).toHaveLength(width);
    const total = terms.reduce((sum, { product }) => sum + product, 0);
    expect(total).toBeCloseTo(cells[8]?.[2]?.dot ?? NaN, 9);
  });

  it('lets several heads share one list of keys', () => {
    const one = {
      shape: [1, T, width],
      data: recorded.k?.data.slice(0, T * width) ?? []
    };
    const shared = compute({ ...recorded, k: one }, { head: 3, causal: true });
    expect(shared.heads).toBe(heads);
    expect(
      products({ ...recorded, k: one }, 3, 4, 1).map(({ k }) => k)
    ).toEqual(products(recorded, 0, 4, 1).map(({ k }) => k));
  });

  it('stands the queries at the end of the keys, and keeps to the window', () => {
    const last = { shape: [1, 1, 2], data: [1, 0] };
    const keys = { shape: [1, 3, 2], data: [0, 0, 0, 0, 0, 0] };
    const inputs = { q: last, k: keys, pattern: null, scale: 1, window: 2 };
    const [row] = compute(inputs, { head: 0, causal: true }).cells;
    expect(row?.map(({ share }) => share)).toEqual([0, 0.5, 0.5]);
  });

  it('takes a pattern as it is', () => {
    const pattern = { shape: [1, 2, 2], data: [1, 0, 0.25, 0.75] };
    const only = { q: null, k: null, pattern, scale: 1, window: 9 };
    const { cells } = compute(only, { head: 0, causal: true });
    expect(cells[1]?.[1]?.share).toBe(0.75);
    expect(cells[0]?.[1]?.visible).toBe(false);
    expect(() =>
      compute({ ...only, pattern: null }, { head: 0, causal: true })
    ).toThrow(/pattern/);
  });

  it('refuses what does not fit together', () => {
    const k = { shape: [1, 2, 4], data: Array(8).fill(0) };
    expect(() =>
      compute({ ...recorded, k }, { head: 0, causal: true })
    ).toThrow(/do not fit/);
  });
});

describe('shaped', () => {
  it('reads bytes with a shape, and takes the first row of a batch', () => {
    const data = new DataView(new Float32Array([1, 2, 3, 4]).buffer);
    const value = { dtype: 'float32', shape: [2, 1, 2], data };
    expect(shaped(value, 2)).toEqual({ shape: [1, 2], data: [1, 2] });
    expect(shaped(undefined, 2)).toBeNull();
    expect(() => shaped({ shape: [3], data: [1, 2] }, 1)).toThrow(/shape/);
    expect(() => shaped({ shape: [2], data: [1, 2] }, 2)).toThrow(/directions/);
  });
});

describe('sequential', () => {
  it('only gets lighter, for every kind of eye', () => {
    const lightness = Array.from({ length: 101 }, (_, n) => {
      const [r, g, b] = sequential(n / 100);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    });
    expect(lightness).toEqual([...lightness].sort((a, b) => a - b));
    expect(new Set(lightness).size).toBe(101);
    expect(sequential(7)).toEqual(sequential(1));
    expect(legendGradient()).toContain(sequential(1).join());
  });
});
