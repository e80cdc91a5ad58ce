/**
 * Byte-pair encoding merge by merge, as `nanochat/bpe.py:learn_merges` learns it: the words in
 * pieces after some merges, and the count that decided the last one. Pure: no drawing.
 */
import { type ICount, type ILearning, learn } from '../kit/bpe';

export interface IMergeInputs {
  readonly texts: readonly string[];
}

/** The most merges that are made. */
export const MOST = 20;

export interface IMerge {
  readonly left: number;
  readonly right: number;
  readonly id: number;
  /** How often the pair was counted, and how often it was glued: in aaa 2 and 1. */
  readonly times: number;
  readonly before: number;
  readonly after: number;
  /** All pairs as they were counted before it, the winner first. */
  readonly counted: readonly ICount[];
}

export interface IMerges {
  readonly states: readonly ILearning[];
  readonly merges: readonly IMerge[];
  /** After `step` merges, or as many as there can be. */
  readonly step: number;
}

export function compute(
  { texts }: IMergeInputs,
  { step }: { step: number }
): IMerges {
  const states = learn(texts, MOST);
  const merges = states.slice(1).map((state, n): IMerge => {
    const { words, counts: counted } = states[n] as ILearning;
    const [left, right] = (counted[0] as ICount).pair;
    return {
      left,
      right,
      id: 256 + n,
      times: (counted[0] as ICount).times,
      before: pieces({ words }),
      after: pieces(state),
      counted
    };
  });
  return { states, merges, step: Math.min(Math.max(step, 0), merges.length) };
}

/** How many pieces all words have, each word as often as it occurs. */
export function pieces({ words }: Pick<ILearning, 'words'>): number {
  return words.reduce((sum, { ids, times }) => sum + ids.length * times, 0);
}

/** The texts in a line: a comma begins a new one. */
export function textsOf(line: string): string[] {
  return line
    .split(',')
    .map(text => text.trim())
    .filter(text => text !== '');
}
