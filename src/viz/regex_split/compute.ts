/**
 * Where a text is cut and by which rule, as `nanochat/bpe.py:split` does it, and into how many
 * tokens of the shipped vocabulary each piece goes. Pure: no drawing.
 */
import { type IPiece, split, type Vocabulary } from '../kit/bpe';

export interface ICutPiece extends IPiece {
  /** Where it begins, in characters of JavaScript. */
  readonly from: number;
  readonly ids: readonly number[];
}

export interface ICuts {
  readonly pieces: readonly ICutPiece[];
  /** Of all pieces together. */
  readonly tokens: number;
}

export function compute(
  { text, vocabulary }: { text: string; vocabulary: Vocabulary },
  _params: object = {}
): ICuts {
  let at = 0;
  const pieces = split(text).map((piece): ICutPiece => {
    const from = at;
    at += piece.text.length;
    return { ...piece, from, ids: vocabulary.steps(piece.text).at(-1) ?? [] };
  });
  return {
    pieces,
    tokens: pieces.reduce((sum, { ids }) => sum + ids.length, 0)
  };
}
