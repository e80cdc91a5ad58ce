/** Guess first: which earlier word gets the largest share of one row. */
import { button, element } from '../kit/dom';
import type { Words } from '../kit/strings';
import { type IAttentionCell, largest } from './compute';
import { percent } from './sum';
import type { Key } from './words';

const OPTIONS = 4;

/** The right place and the nearest others with different texts, in reading order. */
export function options(
  tokens: readonly string[],
  asked: number,
  right: number
): number[] {
  const chosen = [right];
  for (let n = asked - 1; n >= 0 && chosen.length < OPTIONS; n--) {
    if (!chosen.some(other => tokens[other] === tokens[n])) {
      chosen.push(n);
    }
  }
  return chosen.sort((a, b) => a - b);
}

export interface IQuestion {
  readonly asked: number;
  readonly head: number;
  readonly tokens: readonly string[];
  /** The row in question, of the head that is chosen at the time. */
  row(): readonly IAttentionCell[];
  /** Told what the right place was, once the learner has guessed. */
  answered(right: number): void;
  /** What else there is to say about this row. */
  why(): string;
  again(): void;
}

export function ask(
  box: HTMLElement,
  say: Words<Key>,
  { asked, head, tokens, row, answered, why, again }: IQuestion
): void {
  const name = (n: number): string => tokens[n] ?? '';
  const guess = (place: number): void => {
    const right = largest(row().slice(0, asked));
    const share = percent(row()[right]?.share ?? 0);
    box.replaceChildren(
      element(
        'p',
        {},
        element(
          'strong',
          {},
          say(name(place) === name(right) ? 'right' : 'wrong')
        ),
        ' ',
        say('compared', name(asked), share, name(right), right + 1),
        ' ',
        why()
      ),
      button(say('again'), again)
    );
    answered(right);
  };
  box.replaceChildren(
    element('p', {}, say('question', name(asked), head + 1)),
    ...options(tokens, asked, largest(row().slice(0, asked))).map(place =>
      button(name(place), () => guess(place))
    )
  );
}
