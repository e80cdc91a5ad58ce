/**
 * Which tokens of a row of chats count, as `nanochat/scripts/chat_sft.py:ChatRows` has it: what
 * the assistant writes; all other targets are −1. Who wrote what is read off the marks. Pure.
 */

export const SPEAKERS = [
  'assistant',
  'tool',
  'user',
  'program',
  'empty'
] as const;
export type Speaker = (typeof SPEAKERS)[number];

/** What counts: as the code has it, and what else somebody might think of; each has more. */
export const RULES = ['answers', 'tools', 'chats', 'places'] as const;
export type Rule = (typeof RULES)[number];

/** So many of the speakers count, in their order. */
const COUNTING: Readonly<Record<Rule, number>> = {
  answers: 1,
  tools: 2,
  chats: 4,
  places: 5
};

/** What stands in place of a target where there is no question. */
export const NO_QUESTION = -1;

export interface IRowInputs {
  /** T + 1 tokens, as their texts; marks as `<|user_start|>`. */
  readonly tokens: readonly string[];
  readonly ids: readonly number[];
  /** Of each token but the first; null where nobody knows them. */
  readonly losses: readonly number[] | null;
}

/** A token that is asked for: each but the first, which is only read. */
export interface IQuestion {
  readonly from: Speaker;
  readonly counts: boolean;
  /** The id, or NO_QUESTION. */
  readonly target: number;
  readonly loss: number | null;
}

/** How many, their losses added up, and divided; null where there are none. */
export interface IMean {
  readonly count: number;
  readonly sum: number | null;
  readonly mean: number | null;
}

export interface IMasked {
  /** Who each token is from, the first too. */
  readonly speakers: readonly Speaker[];
  readonly questions: readonly IQuestion[];
  readonly counting: IMean;
  readonly others: IMean;
}

/** Throws a sentence for what is no row of chats. */
export function compute(
  { tokens, ids, losses }: IRowInputs,
  { rule }: { rule: Rule } = { rule: 'answers' }
): IMasked {
  if (ids.length !== tokens.length) {
    throw new Error('A row needs as many ids as tokens.');
  }
  if (losses !== null && losses.length !== tokens.length - 1) {
    throw new Error('A row needs a loss for each token but the first.');
  }
  const speakers = speakersOf(tokens);
  const counting = SPEAKERS.slice(0, COUNTING[rule]);
  const questions = speakers.slice(1).map((from, n): IQuestion => {
    const counts = counting.includes(from);
    return {
      from,
      counts,
      target: counts ? (ids[n + 1] as number) : NO_QUESTION,
      loss: losses?.[n] ?? null
    };
  });
  return {
    speakers,
    questions,
    counting: mean(questions.filter(({ counts }) => counts)),
    others: mean(questions.filter(({ counts }) => !counts))
  };
}

function mean(list: readonly IQuestion[]): IMean {
  const known = list.flatMap(({ loss }) => (loss === null ? [] : [loss]));
  if (known.length === 0) {
    return { count: list.length, sum: null, mean: null };
  }
  const sum = known.reduce((all, loss) => all + loss, 0);
  return { count: list.length, sum, mean: sum / known.length };
}

function speakersOf(tokens: readonly string[]): Speaker[] {
  let inside: Speaker | null = null;
  return tokens.map((token, n): Speaker => {
    switch (token) {
      case '<|bos|>':
        // a chat begins behind it, or nothing does: then it only fills the row
        return tokens[n + 1] === '<|user_start|>' ? 'program' : 'empty';
      case '<|user_start|>':
        inside = 'user';
        return 'program';
      case '<|assistant_start|>':
        inside = 'assistant';
        return 'program';
      case '<|user_end|>':
        inside = null;
        return 'program';
      case '<|assistant_end|>':
        inside = null;
        return 'assistant';
      case '<|output_start|>':
        inside = 'tool';
        return 'tool';
      case '<|output_end|>':
        inside = 'assistant';
        return 'tool';
      default:
        if (inside === null) {
          throw new Error(
            `Token ${n}, “${token}”, belongs to nobody: no mark says who speaks. Send a row as nanochat/conversation.py:render makes it.`
          );
        }
        return inside;
    }
  });
}
