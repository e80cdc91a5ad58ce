/**
 * The shares of attention, as `nanochat/gpt.py:CausalSelfAttention` gets them from its fused
 * call: the dot product of a query with each key, times the scale; what may not be seen is
 * dropped; softmax over the rest. Pure: no drawing.
 */
import type { IShaped } from '../kit/shaped';

export interface IAttentionInputs {
  /** (heads, T, D) and (kv heads, S, D); the T queries stand at the end of the S places. */
  readonly q: IShaped | null;
  readonly k: IShaped | null;
  /** (heads, T, S), where there is no q and k to work it out from. */
  readonly pattern: IShaped | null;
  readonly scale: number;
  /** How many places a query may look back on, its own included. */
  readonly window: number;
}

export interface IAttentionParams {
  readonly head: number;
  /** Whether the causal mask is on. */
  readonly causal: boolean;
}

export interface IAttentionCell {
  readonly visible: boolean;
  /** q·k, and that times the scale; NaN where only the pattern is known. */
  readonly dot: number;
  readonly score: number;
  readonly share: number;
}

export interface IAttention {
  readonly heads: number;
  readonly queries: number;
  readonly keys: number;
  /** By query, then by key. */
  readonly cells: ReadonlyArray<readonly IAttentionCell[]>;
}

/** Throws when neither q and k nor a pattern came, or when they do not fit together. */
export function compute(
  inputs: IAttentionInputs,
  { head, causal }: IAttentionParams
): IAttention {
  const { q, k, pattern, scale, window } = inputs;
  if (q === null || k === null) {
    return given(pattern, head);
  }
  const [heads, queries, width] = q.shape as [number, number, number];
  const [kvHeads, keys, keyWidth] = k.shape as [number, number, number];
  if (width !== keyWidth || heads % kvHeads !== 0 || keys < queries) {
    throw new Error(
      `Queries of the shape (${q.shape.join(', ')}) and keys of the shape (${k.shape.join(', ')}) do not fit together.`
    );
  }
  const cells = range(queries).map(row => {
    const place = keys - queries + row;
    const dots = range(keys).map(column => dot(inputs, head, row, column));
    const seen = dots.map(
      (_, column) =>
        column > place - window && (causal ? column <= place : true)
    );
    const scores = dots.map(dot => dot * scale);
    const shares = softmax(scores, seen);
    return dots.map((dot, column): IAttentionCell => ({
      visible: seen[column] as boolean,
      dot,
      score: scores[column] as number,
      share: shares[column] as number
    }));
  });
  return { heads, queries, keys, cells };
}

/** The pairs that are multiplied for one cell, and their products. */
export function products(
  inputs: IAttentionInputs,
  head: number,
  row: number,
  column: number
): Array<{ q: number; k: number; product: number }> {
  const { q, k } = inputs;
  if (q === null || k === null) {
    return [];
  }
  const { fromQ, fromK, width } = ends(q, k, head, row, column);
  return range(width).map(n => {
    const a = q.data[fromQ + n] as number;
    const b = k.data[fromK + n] as number;
    return { q: a, k: b, product: a * b };
  });
}

/** The sum of these products, without the list: there are very many cells. */
function dot(
  { q, k }: IAttentionInputs,
  head: number,
  row: number,
  column: number
): number {
  let total = 0;
  if (q !== null && k !== null) {
    const { fromQ, fromK, width } = ends(q, k, head, row, column);
    for (let n = 0; n < width; n++) {
      total += (q.data[fromQ + n] as number) * (k.data[fromK + n] as number);
    }
  }
  return total;
}

/** Where a query and a key begin. Several heads may share one list of keys. */
function ends(
  q: IShaped,
  k: IShaped,
  head: number,
  row: number,
  column: number
): { fromQ: number; fromK: number; width: number } {
  const [heads, queries, width] = q.shape as [number, number, number];
  const [kvHeads, keys] = k.shape as [number, number, number];
  const kvHead = Math.floor(head / (heads / kvHeads));
  return {
    fromQ: (head * queries + row) * width,
    fromK: (kvHead * keys + column) * width,
    width
  };
}

/** The place with the largest share. */
export function largest(row: readonly IAttentionCell[]): number {
  const shares = row.map(({ share }) => share);
  return Math.max(shares.indexOf(Math.max(...shares)), 0);
}

function given(pattern: IShaped | null, head: number): IAttention {
  if (pattern === null) {
    throw new Error('There is nothing to show: send q and k, or a pattern.');
  }
  const [heads, queries, keys] = pattern.shape as [number, number, number];
  const cells = range(queries).map(row =>
    range(keys).map((column): IAttentionCell => {
      const at = (head * queries + row) * keys + column;
      const visible = column <= keys - queries + row;
      const share = pattern.data[at] as number;
      return { visible, dot: NaN, score: NaN, share };
    })
  );
  return { heads, queries, keys, cells };
}

/** Less the largest first: the shares do not change, and nothing overflows. */
function softmax(
  scores: readonly number[],
  seen: readonly boolean[]
): number[] {
  const top = Math.max(...scores.filter((_, n) => seen[n]));
  const powers = scores.map((score, n) =>
    seen[n] ? Math.exp(score - top) : 0
  );
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map(power => power / total);
}

function range(length: number): number[] {
  return Array.from({ length }, (_, n) => n);
}
