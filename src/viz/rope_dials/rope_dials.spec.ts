import { describe, expect, it } from 'vitest';

import { compute } from './compute';
import example from './example.json';

const { q, k, base, golden } = example;

describe('compute', () => {
  it.each(golden)('does what the real code does at m = $m, n = $n', place => {
    const { dials, score } = compute({ q, k, base }, place);
    const half = q.length / 2;
    dials.forEach((dial, i) => {
      expect(dial.turnedQ[0]).toBeCloseTo(place.q[i] as number, 5);
      expect(dial.turnedQ[1]).toBeCloseTo(place.q[i + half] as number, 5);
      expect(dial.turnedK[0]).toBeCloseTo(place.k[i] as number, 5);
      expect(dial.turnedK[1]).toBeCloseTo(place.k[i + half] as number, 5);
    });
    expect(score).toBeCloseTo(place.score, 4);
  });

  it('depends on the distance only', () => {
    for (let shift = 0; shift < 50; shift++) {
      const moved = compute({ q, k, base }, { m: 7 + shift, n: 3 + shift });
      expect(moved.score).toBeCloseTo(
        compute({ q, k, base }, { m: 7, n: 3 }).score,
        9
      );
    }
    expect(compute({ q, k, base }, { m: 8, n: 3 }).score).not.toBeCloseTo(
      compute({ q, k, base }, { m: 7, n: 3 }).score,
      1
    );
  });

  it('turns the first pair by one radian a place and later ones more slowly', () => {
    const speeds = compute({ q, k, base }, { m: 0, n: 0 }).dials.map(
      dial => dial.speed
    );
    expect(speeds[0]).toBe(1);
    expect(speeds).toEqual([...speeds].sort((a, b) => b - a));
  });

  it('refuses what has no pairs', () => {
    expect(() => compute({ q: [1], k: [1], base }, { m: 0, n: 0 })).toThrow(
      /even/
    );
    expect(() => compute({ q: [], k: [], base }, { m: 0, n: 0 })).toThrow();
  });
});
