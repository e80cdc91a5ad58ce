/**
 * From scores to shares, as `nanochat/sampling.py:best_shares` makes them, and the throw of a
 * dart at them. Chance comes from a seed and the place in the text, so that the same seed
 * writes the same text again; it is not the chance of torch. Pure: no drawing.
 */

import { chance } from '../kit/random';

export interface IScores {
  /** One for each token of the vocabulary, in any order. */
  readonly scores: ArrayLike<number>;
}

export interface IChoosing {
  /** What every score is divided by; 0 gives the best token everything. */
  readonly temperature: number;
  /** So many of the best may be chosen; 0: all. */
  readonly top_k: number;
}

/** Tokens in the order of their scores: number 0 is the best. */
export interface IShares {
  /** Where in `scores` each stands. */
  readonly order: readonly number[];
  readonly scores: readonly number[];
  /** e to the power of (score − best score) ÷ temperature; 0 for those left out. */
  readonly powers: readonly number[];
  readonly total: number;
  readonly shares: readonly number[];
}

/** Throws when there are no scores. */
export function compute(
  { scores }: IScores,
  { temperature, top_k }: IChoosing
): IShares {
  const given = Array.from(scores);
  if (given.length === 0) {
    throw new Error('There must be at least one score.');
  }
  const order = given
    .map((_, n) => n)
    .sort((a, b) => (given[b] as number) - (given[a] as number) || a - b);
  const sorted = order.map(n => given[n] as number);
  const best = sorted[0] as number;
  const kept =
    temperature === 0 ? 1 : top_k === 0 ? sorted.length : Math.round(top_k);
  const powers = sorted.map((score, rank) =>
    rank >= kept
      ? 0
      : temperature === 0
        ? 1
        : Math.exp((score - best) / temperature)
  );
  const total = powers.reduce((sum, power) => sum + power, 0);
  return {
    order,
    scores: sorted,
    powers,
    total,
    shares: powers.map(power => power / total)
  };
}

/** The rank that a dart hits: the shares lie end to end, and it falls at `dart` of 0 to 1. */
export function hit(shares: readonly number[], dart: number): number {
  let end = 0;
  const at = shares.findIndex(share => {
    end += share;
    return dart < end;
  });
  // rounding may leave the sum a hair below 1
  return at >= 0 ? at : shares.filter(share => share > 0).length - 1;
}

/** Where the dart of a place falls, 0 up to 1. */
export function dart(seed: number, place: number): number {
  return chance(seed * 65_536 + place)();
}
