import { describe, expect, it } from 'vitest';

import { shaped } from '../kit/shaped';
import { compute, WAYS } from './compute';
import example from './example.json';

describe('compute', () => {
  const all = example.golden.flatMap(place =>
    WAYS.map((way, mask) => ({ place, way, mask, rows: place.scores.shape[0] }))
  );
  it.each(all)(
    'gives what torch gives: $way, $rows rows',
    ({ place, way, mask }) => {
      const { rows } = compute({ scores: shaped(place.scores, 2)! }, { mask });
      expect(rows.map(row => row.map(({ later }) => (later ? 0 : 1)))).toEqual(
        place.visible
      );
      rows
        .flat()
        .forEach(({ share }, n) =>
          expect(share).toBeCloseTo(place[way][n] as number, 6)
        );
    }
  );

  it('has the numbers of the note', () => {
    const row = (mask: number): number[] =>
      compute({ scores: shaped(example.scores, 2)! }, { mask }).rows[2]!.map(
        ({ share }) => Number(share.toFixed(2))
      );
    expect(row(2)).toEqual([0.04, 0.11, 0.04, 0.81]);
    expect(row(1)).toEqual([0.2, 0.53, 0.2, 0.07]);
    expect(row(0)).toEqual([0.21, 0.58, 0.21, 0]);
  });

  it('lets exactly nothing through, and every row adds up to one', () => {
    const { rows, leaks } = compute(
      { scores: shaped(example.scores, 2)! },
      { mask: 0 }
    );
    expect(leaks).toEqual([0, 0, 0, 0]);
    rows.forEach(row =>
      expect(row.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
    );
  });

  it('refuses more words that look than places', () => {
    const scores = { shape: [2, 1], data: [0, 0] };
    expect(() => compute({ scores }, { mask: 0 })).toThrow(/cannot be masked/);
  });
});
