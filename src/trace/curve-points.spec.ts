import { describe, expect, it } from 'vitest';

import { curveOf } from './curve-points';

describe('a curve', () => {
  it('goes from the first to the last step, and from the lowest to the highest', () => {
    expect(curveOf([3, 1, 2])).toEqual({
      lines: [
        [
          [0, 1],
          [0.5, 0],
          [1, 0.5]
        ]
      ],
      min: 1,
      max: 3,
      missing: 0
    });
  });

  it('has a gap where there is no number, and is nothing where there is none at all', () => {
    const curve = curveOf([1, null, 2, 2]);
    expect(curve?.lines.map(line => line.length)).toEqual([1, 2]);
    expect(curve?.missing).toBe(1);
    expect(curveOf([null, null])).toBeNull();
    expect(curveOf([])).toBeNull();
  });

  it('stays in the middle where nothing changes', () => {
    expect(curveOf([5, 5])?.lines[0]).toEqual([
      [0, 0.5],
      [1, 0.5]
    ]);
  });

  it('loses no peak, no gap and no end when there are more steps than room', () => {
    const values: Array<number | null> = Array.from(
      { length: 10_000 },
      (_, n) => Math.sin(n / 500)
    );
    values[1234] = 9;
    values[7777] = -9;
    values[5000] = null;
    const curve = curveOf(values);
    const corners = curve?.lines.flat() ?? [];
    expect(corners.length).toBeLessThan(700);
    expect(curve?.lines).toHaveLength(2);
    const near = (step: number, up: number): boolean =>
      corners.some(
        ([a, b]) => Math.abs(a * 9999 - step) < 0.01 && Math.abs(b - up) < 1e-9
      );
    expect(near(1234, 1)).toBe(true);
    expect(near(7777, 0)).toBe(true);
    expect(near(9999, (Math.sin(9999 / 500) + 9) / 18)).toBe(true);
  });
});
