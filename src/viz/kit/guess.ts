/**
 * Predict → act → see the number. The learner answers first; then the picture does it,
 * and says which answer was right. What is right is computed when it happens, not typed in.
 */
import { button, element } from './dom';
import type { IModel } from './host';
import { words } from './strings';

export interface IOutcome {
  /** The number of the answer that turned out to be right, from 0. */
  readonly right: number;
  /** What was seen, with numbers. */
  readonly told: string;
}

export interface IGuess {
  readonly ask: string;
  readonly answers: readonly string[];
  /** When it is asked: for what has to be hidden until it is answered. */
  readonly pose?: () => void;
  /** `chosen` is the number of the learner's answer. */
  readonly act: (chosen: number) => IOutcome | Promise<IOutcome>;
}

const STRINGS = {
  guessRight: 'You were right.',
  guessWrong: 'Not so. The answer is “%1”.',
  guessNext: 'Next guess',
  guessAgain: 'Guess again'
} as const;

/** The questions one after the other, and then from the start. */
export function guesses(model: IModel, list: readonly IGuess[]): HTMLElement {
  const say = words(STRINGS, model);
  const text = element('p', { 'aria-live': 'polite' });
  const buttons = element('div');
  const node = element('div', { class: 'nl-question' }, text, buttons);

  /** Buttons come and go; somebody who was on one stays among them. */
  const offer = (...fresh: HTMLElement[]): void => {
    const within = buttons.contains(document.activeElement);
    buttons.replaceChildren(...fresh);
    if (within) {
      fresh[0]?.focus();
    }
  };
  const ask = (n: number): void => {
    const guess = list[n];
    if (guess === undefined) {
      return;
    }
    const answer = async (chosen: number): Promise<void> => {
      buttons
        .querySelectorAll('button')
        .forEach(other => other.setAttribute('aria-disabled', 'true'));
      const { right, told } = await guess.act(chosen);
      const verdict =
        chosen === right
          ? say('guessRight')
          : say('guessWrong', guess.answers[right] ?? '');
      text.textContent = `${verdict} ${told}`;
      const next = (n + 1) % list.length;
      offer(
        button(say(next > n ? 'guessNext' : 'guessAgain'), () => ask(next))
      );
    };
    text.textContent = guess.ask;
    guess.pose?.();
    let answered = false;
    offer(
      ...guess.answers.map((label, i) =>
        button(label, () => {
          if (!answered) {
            answered = true;
            void answer(i);
          }
        })
      )
    );
  };
  ask(0);
  return node;
}
