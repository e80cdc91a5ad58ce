/**
 * Weighted dice: darts thrown at a line on which the probabilities lie end to end, as
 * `nanochat/sampling.py:throw` does it. Chance with a seed: equal seeds, equal throws.
 * Pure: no drawing.
 */
import { chance } from '../kit/random';

export interface IDiceInputs {
  /** Probabilities, none negative; together they make 1. */
  readonly shares: readonly number[];
}

export interface IDiceParams {
  readonly seed: number;
  readonly rolls: number;
}

export interface IDice {
  /** Where each piece of the line ends. */
  readonly ends: readonly number[];
  readonly counts: readonly number[];
  /** The counts as shares of all rolls; 0 before the first roll. */
  readonly counted: readonly number[];
  /** The dart thrown last, from 0 to 1, and what it hit; null before the first roll. */
  readonly last: { readonly dart: number; readonly hit: number } | null;
  /** Which counted share is furthest from its probability. */
  readonly furthest: number;
}

export function compute(
  { shares }: IDiceInputs,
  { seed, rolls }: IDiceParams
): IDice {
  if (shares.length === 0 || shares.some(share => !(share >= 0))) {
    throw new Error('Dice need probabilities, none of them below 0.');
  }
  const ends = lineUp(shares);
  const next = chance(seed);
  const counts = shares.map(() => 0);
  let last: IDice['last'] = null;
  for (let n = 0; n < rolls; n++) {
    const dart = next();
    const hit = hitBy(ends, dart);
    counts[hit] = (counts[hit] as number) + 1;
    last = { dart, hit };
  }
  const counted = counts.map(count => (rolls > 0 ? count / rolls : 0));
  const off = counted.map((share, i) =>
    Math.abs(share - (shares[i] as number))
  );
  return {
    ends,
    counts,
    counted,
    last,
    furthest: off.indexOf(Math.max(...off))
  };
}

/** Where each piece ends when all are laid end to end. */
export function lineUp(shares: readonly number[]): number[] {
  let end = 0;
  return shares.map(share => (end += share));
}

/** The piece in which a dart from 0 to 1 lands. */
export function hitBy(ends: readonly number[], dart: number): number {
  const at = dart * (ends.at(-1) ?? 1);
  const hit = ends.findIndex(end => end > at);
  return hit < 0 ? ends.length - 1 : hit;
}

/** What the first `rolls` darts of a seed hit, one after the other. */
export function sequence(
  shares: readonly number[],
  { seed, rolls }: IDiceParams
): number[] {
  const ends = lineUp(shares);
  const next = chance(seed);
  return Array.from({ length: rolls }, () => hitBy(ends, next()));
}

/** After `wait` rolls in a row without `which`: how often that was, and how often it came next. */
export function afterWaiting(
  hits: readonly number[],
  which: number,
  wait: number
): { waits: number; came: number } {
  let since = 0;
  let [waits, came] = [0, 0];
  for (const hit of hits) {
    if (since >= wait) {
      waits++;
      came += Number(hit === which);
    }
    since = hit === which ? 0 : since + 1;
  }
  return { waits, came };
}

/** How far from p the share of hits typically is after n throws: a standard deviation. */
export function spread(p: number, rolls: number): number {
  return Math.sqrt((p * (1 - p)) / rolls);
}
