import { describe, expect, it } from 'vitest';

import type { Point } from '../kit/plane';
import { compute, turn, turned } from './compute';
import example from './example.json';

const you = example.you as unknown as Point;

describe('compute', () => {
  it.each(example.golden)('judges film $film as torch does', given => {
    const [x = 0, y = 0] = given.film;
    const now = compute({ you }, { x, y, same: 0 });
    expect(now.dot).toBeCloseTo(given.dot, 6);
    expect(now.lengths[1]).toBeCloseTo(given.length, 6);
    expect(now.angle).toBeCloseTo(given.angle, 4);
    expect(compute({ you }, { x, y, same: 1 }).dot).toBeCloseTo(given.same, 5);
  });

  it('is your length times the shadow', () => {
    const { shadow, dot, lengths } = compute({ you }, { x: -2, y: 5, same: 0 });
    const along = (shadow[0] * you[0] + shadow[1] * you[1]) / lengths[0];
    expect(along * lengths[0]).toBeCloseTo(dot, 6);
  });

  it('has no angle where there is no length', () => {
    for (const same of [0, 1]) {
      const now = compute({ you }, { x: 0, y: 0, same });
      expect([now.dot, now.angle]).toEqual([0, null]);
      expect(now.shadow).toEqual([0, 0]);
    }
  });
});

describe('turned', () => {
  it('changes its sign exactly at the right angle', () => {
    const dots = [85, 90, 95].map(degrees => {
      const [x, y] = turned(you, degrees, 4);
      return Math.sign(compute({ you }, { x, y, same: 0 }).dot);
    });
    expect(dots).toEqual([1, 0, -1]);
  });

  it('keeps the length and is undone by turn', () => {
    for (const degrees of [-150, -5, 0, 60, 175]) {
      const film = turned(you, degrees, 3);
      expect(Math.hypot(...film)).toBeCloseTo(3, 6);
      expect(turn(you, film)).toBeCloseTo(degrees, 5);
    }
  });
});
