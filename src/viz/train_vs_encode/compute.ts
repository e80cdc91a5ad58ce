/**
 * The two jobs of a tokenizer: learning a list of merges from texts, and using it on a text.
 * The first counts, the second only looks up. Pure: no drawing.
 */
import { type ILearning, learn, mergesOf, split, Vocabulary } from '../kit/bpe';

export interface ILanesInputs {
  readonly texts: readonly string[];
  readonly text: string;
  readonly merges: number;
}

/** One look at all neighbours of a piece of text. */
export interface ILook {
  readonly ids: readonly number[];
  /** For each pair of neighbours the id it would make; null: none. */
  readonly makes: ReadonlyArray<number | null>;
  /** The smallest of them, which is glued; null: done. */
  readonly smallest: number | null;
}

export interface ILanes {
  readonly learning: readonly ILearning[];
  /** How many pairs were counted before each merge. */
  readonly counted: readonly number[];
  readonly vocabulary: Vocabulary;
  readonly looks: readonly ILook[];
  /** The ids of the text. */
  readonly ids: readonly number[];
}

export function compute(
  { texts, text, merges }: ILanesInputs,
  _params: object = {}
): ILanes {
  const learning = learn(texts, merges);
  const vocabulary = new Vocabulary(mergesOf(learning));
  return {
    learning,
    counted: learning
      .slice(0, -1)
      .map(({ counts }) => counts.reduce((sum, { times }) => sum + times, 0)),
    vocabulary,
    looks: split(text).flatMap(piece =>
      vocabulary.steps(piece.text).map(ids => look(ids, vocabulary))
    ),
    ids: vocabulary.encode(text)
  };
}

function look(ids: readonly number[], vocabulary: Vocabulary): ILook {
  const makes = ids
    .slice(1)
    .map((right, n) => vocabulary.rank(ids[n] as number, right) ?? null);
  const known = makes.filter(id => id !== null);
  return { ids, makes, smallest: known.length ? Math.min(...known) : null };
}
