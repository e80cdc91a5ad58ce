/** Pairs of shapes to begin with; the numbers in them come from compute.ts. */
import type { Sizes } from './compute';

export interface IPair {
  readonly first: Sizes;
  readonly second: Sizes;
  readonly times: boolean;
}

export const PRESETS = ['prices', 'upright', 'heads', 'broken'] as const;

export const PAIRS: Readonly<
  Record<(typeof PRESETS)[number] | 'outer', IPair>
> = {
  prices: { first: [0, 2, 3], second: [0, 0, 3], times: false },
  upright: { first: [0, 3, 1], second: [0, 1, 2], times: true },
  heads: { first: [4, 3, 2], second: [0, 3, 2], times: true },
  broken: { first: [0, 2, 3], second: [0, 0, 2], times: false },
  outer: { first: [0, 3, 1], second: [0, 0, 3], times: false }
};

export function same(a: IPair, b: IPair): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
