import { describe, expect, it } from 'vitest';

import { towards } from './direction';

describe('towards', () => {
  // A cross around node 0, and one node far to the right.
  const xy = Float32Array.from([0, 0, 0, -10, 0, 10, -10, 0, 10, 1, 90, 0]);
  const others = [0, 1, 2, 3, 4, 5];

  it.each([
    ['up', 1],
    ['down', 2],
    ['left', 3],
    ['right', 4]
  ] as const)('%s', (direction, index) => {
    expect(towards(xy, 0, others, direction)).toBe(index);
  });

  it('finds nobody where nobody is, and nobody without a place', () => {
    expect(towards(xy, 5, others, 'right')).toBe(-1);
    expect(towards(Float32Array.from([0, 0, NaN, NaN]), 0, [1], 'up')).toBe(-1);
  });
});
