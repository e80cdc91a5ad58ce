/**
 * Shares of attention with the future hidden, badly hidden, or open. Which places are later is
 * what `nanochat/gpt.py:visible` says: the T words that look stand at the end of the S places.
 * Pure: no drawing.
 */
import type { IShaped } from '../kit/shaped';

export const WAYS = ['hidden', 'zero', 'open'] as const;

export interface IMaskInputs {
  /** (T, S): what each word that looks scores for each place. */
  readonly scores: IShaped;
}

export interface IMaskCell {
  readonly later: boolean;
  readonly score: number;
  /** What softmax is given. */
  readonly used: number;
  /** e to the power of it. */
  readonly power: number;
  readonly share: number;
}

export interface IMask {
  readonly queries: number;
  readonly keys: number;
  readonly rows: ReadonlyArray<readonly IMaskCell[]>;
  /** The part of each row that comes from later places. */
  readonly leaks: readonly number[];
}

export function compute(
  { scores }: IMaskInputs,
  { mask }: { mask: number }
): IMask {
  const [queries = 0, keys = 0] = scores.shape;
  if (queries < 1 || keys < queries) {
    throw new Error(
      `Scores of the shape (${scores.shape.join(', ')}) cannot be masked: at least one word must look, and not more than there are places.`
    );
  }
  const way = WAYS[mask] ?? 'hidden';
  const rows = Array.from({ length: queries }, (_, row) => {
    const place = keys - queries + row;
    const given = scores.data.slice(row * keys, (row + 1) * keys);
    const used = given.map((score, s) =>
      s <= place || way === 'open' ? score : way === 'zero' ? 0 : -Infinity
    );
    const top = Math.max(...used);
    const total = sum(used.map(score => Math.exp(score - top)));
    return given.map((score, s): IMaskCell => ({
      later: s > place,
      score,
      used: used[s] as number,
      power: Math.exp(used[s] as number),
      share: Math.exp((used[s] as number) - top) / total
    }));
  });
  return {
    queries,
    keys,
    rows,
    leaks: rows.map(row =>
      sum(row.filter(({ later }) => later).map(({ share }) => share))
    )
  };
}

export function sum(list: readonly number[]): number {
  return list.reduce((a, b) => a + b, 0);
}
