import { describe, expect, it } from 'vitest';

import { compute } from './compute';
import example from './example.json';
import { lattice } from './layout';

const { x, w, golden } = example;

describe('compute', () => {
  it('makes of the shopping what our Linear makes of it', () => {
    const { y, terms } = compute({ x, w }, { row: 1, column: 1 });
    expect(y.flat()).toEqual(golden.paid.data);
    expect(terms.map(({ product }) => product)).toEqual([4, 0, 3]);
    expect(terms.map(({ sum }) => sum)).toEqual([4, 4, 7]);
  });

  it('does what torch does with numbers of any kind', () => {
    const { random } = golden;
    const { y, sizes, multiplications } = compute(random, {
      row: 2,
      column: 3
    });
    expect(sizes).toEqual({ N: 3, K: 5, M: 4 });
    expect(multiplications).toBe(60);
    y.flat().forEach((value, n) =>
      expect(value).toBeCloseTo(random.y.data[n] as number, 4)
    );
  });

  it('refuses inner sizes that differ', () => {
    expect(() =>
      compute({ x, w: { shape: [2, 3], data: w.data } }, { row: 0, column: 0 })
    ).toThrow(/3 and 2, must be equal/);
  });
});

describe('lattice', () => {
  it('lights the whole row and the whole column of a cell, and nothing else', () => {
    const now = compute({ x, w }, { row: 0, column: 1 });
    const boxes = lattice(
      { x, w },
      now,
      { rows: ['a', 'b'], inner: ['k', 'l', 'm'], columns: ['c', 'd'] },
      { row: 0, column: 1, shown: 3, hidden: () => false, says: () => '' }
    );
    const texts = (kind: string): string[] =>
      boxes.filter(box => box.kind === kind).map(({ text }) => text);
    expect(texts('one')).toEqual(['1', '1', '1']);
    expect(texts('two')).toEqual(['2', '1', '3']);
    expect(boxes.filter(({ chosen }) => chosen).map(b => b.text)).toEqual([
      '6'
    ]);
    const places = boxes.map(({ row, column }) => `${row},${column}`);
    expect(new Set(places).size).toBe(places.length); // no box upon another
  });
});
