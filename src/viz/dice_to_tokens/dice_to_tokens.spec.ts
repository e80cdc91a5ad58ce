import { describe, expect, it } from 'vitest';

import { chance } from '../kit/random';
import {
  afterWaiting,
  compute,
  hitBy,
  lineUp,
  sequence,
  spread
} from './compute';
import example from './example.json';

const sky = example.dice[0]?.shares as number[];

describe('hitBy', () => {
  it.each([0, 1])('hits what nanochat’s throw hits, dice %s', die => {
    const { darts = [], hits = [] } = example.golden[die] ?? {};
    const ends = lineUp(example.dice[die]?.shares as number[]);
    expect(darts.map(dart => hitBy(ends, dart))).toEqual(hits);
    expect(new Set(hits).size).toBeGreaterThan(2);
  });

  it('lands in the next piece exactly on an end, and never beyond the last', () => {
    expect([0, 0.5, 0.9999].map(dart => hitBy([0.5, 0.8, 1], dart))).toEqual([
      0, 1, 2
    ]);
    expect(hitBy([0.5, 0.8], 1)).toBe(1);
  });
});

describe('compute', () => {
  it('counts every roll, and the same for the same seed', () => {
    const { counts, last } = compute({ shares: sky }, { seed: 4, rolls: 100 });
    expect(counts.reduce((a, b) => a + b)).toBe(100);
    expect(compute({ shares: sky }, { seed: 4, rolls: 100 }).counts).toEqual(
      counts
    );
    expect(
      compute({ shares: sky }, { seed: 5, rolls: 100 }).counts
    ).not.toEqual(counts);
    expect(last?.hit).toBe(sequence(sky, { seed: 4, rolls: 100 }).at(-1));
  });

  it.each([...Array(20).keys()])('approaches the probabilities, seed %s', n => {
    const { counted } = compute(
      { shares: sky },
      { seed: n + 1, rolls: 10_000 }
    );
    counted.forEach((share, i) => {
      const p = sky[i] as number;
      expect(Math.abs(share - p)).toBeLessThan(4 * spread(p, 10_000));
    });
  });

  it('has nothing to say before the first roll', () => {
    const { counted, last } = compute({ shares: sky }, { seed: 1, rolls: 0 });
    expect(counted).toEqual([0, 0, 0]);
    expect(last).toBeNull();
  });

  it('refuses what are no probabilities', () => {
    for (const shares of [[], [0.5, -0.1], [NaN]]) {
      expect(() => compute({ shares }, { seed: 1, rolls: 1 })).toThrow(/none/);
    }
  });
});

describe('chance', () => {
  it('is spread evenly, and no roll depends on the one before it', () => {
    const next = chance(7);
    const drawn = Array.from({ length: 20_000 }, next);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThan(1);
    const tenths = [...Array(10).keys()].map(
      n => drawn.filter(x => Math.floor(x * 10) === n).length
    );
    tenths.forEach(count => expect(Math.abs(count - 2000)).toBeLessThan(200));
    const pairs = drawn.filter((x, n) => x < 0.5 && (drawn[n + 1] ?? 1) < 0.5);
    expect(Math.abs(pairs.length / 20_000 - 0.25)).toBeLessThan(0.02);
  });
});

describe('afterWaiting', () => {
  it('finds the waits and what came after them', () => {
    expect(afterWaiting([0, 0, 2, 0, 0, 0, 1, 2], 2, 2)).toEqual({
      waits: 4,
      came: 2
    });
  });
});
