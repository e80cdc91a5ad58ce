import { describe, expect, it } from 'vitest';

import { compute, type Sizes, whole } from './compute';
import golden from './golden.json';
import { table } from './layout';
import { PAIRS } from './presets';

/** (3,) → no sheets, no rows, 3 columns. */
const padded = (shape: readonly number[]): Sizes =>
  [0, 0, 0, ...shape].slice(-3) as unknown as Sizes;

describe('compute', () => {
  it('judges every pair of shapes as torch does', () => {
    const judged = golden.shapes.map(([first, second]) => {
      const now = compute(
        {
          first: padded(first as number[]),
          second: padded(second as number[])
        },
        { times: 0 }
      );
      const depth = Math.max(first?.length ?? 0, second?.length ?? 0);
      return now.fits
        ? now.axes.slice(3 - depth).map(({ result }) => result)
        : null;
    });
    expect(judged).toEqual(golden.shapes.map(([, , result]) => result));
    expect(judged.filter(result => result === null).length).toBeGreaterThan(20);
  });

  it.each([
    ['prices', golden.values.add],
    ['upright', golden.values.outer],
    ['heads', golden.values.tables]
  ] as const)('makes of %s what torch makes of them', (name, values) => {
    const { places } = compute(PAIRS[name], {
      times: Number(PAIRS[name].times)
    });
    expect(places.map(({ result }) => result)).toEqual(values);
  });

  it('says which direction breaks', () => {
    const { axes, fits, places } = compute(PAIRS.broken, { times: 0 });
    expect(fits).toBe(false);
    expect(places).toEqual([]);
    expect(axes.map(({ verdict }) => verdict)).toEqual([
      'missing',
      'second',
      'breaks'
    ]);
  });

  it('has no sheets without rows', () => {
    expect(whole([2, 0, 3])).toEqual([2, 1, 3]);
  });
});

describe('table', () => {
  const look = { kind: 'two', chosen: null, value: String };
  it('draws as ghosts what a table does not hold itself', () => {
    const boxes = table([1, 2, 3], [0, 0, 3], look);
    expect(boxes.map(({ kind }) => kind)).toEqual([
      ...Array<string>(3).fill('two'),
      ...Array<string>(3).fill('two ghost')
    ]);
  });

  it('puts no box upon another, however large', () => {
    const boxes = table([4, 4, 4], [0, 4, 4], look);
    const places = boxes.map(({ row, column }) => `${row},${column}`);
    expect(new Set(places).size).toBe(64);
    expect(Math.max(...boxes.map(({ column }) => column))).toBeLessThanOrEqual(
      10
    );
  });
});
