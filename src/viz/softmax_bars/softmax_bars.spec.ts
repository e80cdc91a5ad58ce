import { describe, expect, it } from 'vitest';

import { compute } from './compute';
import example from './example.json';
import { judged } from './ways';

const { logits, golden } = example;

/** JSON writes infinity and NaN as words. */
const value = (given: number | string): number =>
  typeof given === 'number' ? given : given === 'inf' ? Infinity : NaN;

function near(found: number, wanted: number | string): void {
  const goal = value(wanted);
  if (Number.isFinite(goal)) {
    expect(Math.abs(found - goal)).toBeLessThanOrEqual(
      Math.abs(goal) * 2e-6 + 1e-44
    );
  } else {
    expect(found).toBe(goal);
  }
}

describe('compute', () => {
  it.each(golden)(
    'does what engine and torch do: $add added, temperature $temperature',
    place => {
      const { plain, safe } = compute({ logits }, place);
      safe.shares.forEach((share, i) => {
        expect(share).toBeCloseTo(value(place.shares[i] as number), 6);
        near(share, place.float32[i] as number);
        near(plain.powers[i] as number, place.powers[i] as number | string);
        near(plain.shares[i] as number, place.plain[i] as number | string);
      });
      near(plain.total, place.total);
      expect(safe.shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
    }
  );

  it.each([
    [0, 'works'],
    [85, 'works'],
    [85.5, 'tooLargeLater'],
    [86, 'tooLarge'],
    [1000, 'tooLarge'],
    [-100, 'blurred'],
    [-1000, 'tooSmall']
  ])('with %s added, the formula %s', (add, wanted) => {
    expect(judged(compute({ logits }, { add, temperature: 1 }))).toBe(wanted);
  });

  it('refuses what has no shares', () => {
    expect(() => compute({ logits: [] }, { add: 0, temperature: 1 })).toThrow(
      /one score/
    );
    expect(() => compute({ logits }, { add: 0, temperature: 0 })).toThrow(
      /above 0/
    );
  });
});
