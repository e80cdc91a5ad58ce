/**
 * The guesses: which earlier word gets the largest share of a row. The same word in one head
 * after the other, for heads look at different things.
 */
import { percent } from '../kit/format';
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import { type IAttentionCell, largest } from './compute';
import type { Key } from './words';

const OPTIONS = 4;
const GUESSES = 4;

/** The row of a word in one head. */
export interface IAsked {
  readonly row: number;
  readonly head: number;
}

interface IDeeds {
  readonly tokens: readonly string[];
  /** The row that is asked about, first in this head, and how many heads there are. */
  readonly first: IAsked;
  readonly heads: number;
  /** The place in the text of the word of a row. */
  place(row: number): number;
  shares(asked: IAsked): readonly IAttentionCell[];
  cover(asked: IAsked): void;
  uncover(asked: IAsked, column: number): void;
  /** What else there is to say about this row. */
  why(asked: IAsked): string;
}

export function questions(say: Words<Key>, deeds: IDeeds): IGuess[] {
  const { tokens, first, heads, place, shares, cover, uncover, why } = deeds;
  const name = (n: number): string => tokens[n] ?? '';
  const from = place(first.row);
  if (from < 2) {
    return []; // with fewer than two words before it there is nothing to guess
  }
  return Array.from({ length: Math.min(heads, GUESSES) }, (_, n): IGuess => {
    const asked = { row: first.row, head: (first.head + n) % heads };
    const right = largest(shares(asked).slice(0, from));
    const places = options(tokens, from, right);
    return {
      ask: say(n === 0 ? 'question' : 'questionNext', name(from), asked.head),
      answers: places.map(name),
      pose: () => cover(asked),
      act() {
        uncover(asked, right);
        const share = percent(shares(asked)[right]?.share ?? 0, 0);
        const told = say('compared', name(from), share, name(right), right);
        return { right: places.indexOf(right), told: told + why(asked) };
      }
    };
  });
}

/** The right place and the nearest others with different texts, in reading order. */
function options(
  tokens: readonly string[],
  before: number,
  right: number
): number[] {
  const chosen = [right];
  for (let n = before - 1; n >= 0 && chosen.length < OPTIONS; n--) {
    if (!chosen.some(other => tokens[other] === tokens[n])) {
      chosen.push(n);
    }
  }
  return chosen.sort((a, b) => a - b);
}
