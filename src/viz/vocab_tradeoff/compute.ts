/**
 * Tokens of a text and numbers in the tables at each size of vocabulary. A smaller vocabulary is
 * the beginning of the list of a larger one. Pure: no drawing.
 */
import { type Vocabulary, vocabularyOf } from '../kit/bpe';

export interface ITradeInputs {
  readonly text: string;
  readonly vocabularies: readonly ISized[];
  /** C: how many numbers stand for a token in each of the two tables. */
  readonly width: number;
}

/** V, and what is known of it besides the special tokens. */
export interface ISized {
  readonly size: number;
  readonly vocabulary: Vocabulary;
}

export interface ITrade extends ISized {
  readonly ids: readonly number[];
  readonly numbers: number;
}

/** The vocabularies of some sizes, of one list of merges: left, right, left, right … */
export function sized(
  merges: readonly number[],
  sizes: readonly number[],
  special: number
): ISized[] {
  return sizes.map(size => ({
    size,
    vocabulary: vocabularyOf(merges, size - 256 - special)
  }));
}

export function compute(
  { text, vocabularies, width }: ITradeInputs,
  _params: object = {}
): ITrade[] {
  return vocabularies.map(({ size, vocabulary }) => ({
    size,
    vocabulary,
    ids: vocabulary.encode(text),
    numbers: 2 * size * width
  }));
}
