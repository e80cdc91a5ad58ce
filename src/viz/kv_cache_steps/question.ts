/** Guess first: how many keys are worked out in all, without a cache. */
import { button, element } from '../kit/dom';
import type { Words } from '../kit/strings';
import type { ICache } from './compute';
import { sumText, whole } from './texts';
import type { Key } from './words';

/** The right number among what one might think: once each, twice, and every call alike. */
export function options({ without, with: once, places }: ICache): number[] {
  const all = [once, 2 * once, without, places * places];
  return [...new Set(all)].sort((a, b) => a - b);
}

export function ask(
  box: HTMLElement,
  say: Words<Key>,
  /** After all calls. */
  end: ICache,
  prompt: number,
  on: { guessed(): void; switchOn(): void; again(): void }
): void {
  const guess = (number: number): void => {
    const { without, with: once, calls } = end;
    box.replaceChildren(
      element(
        'p',
        {},
        element('strong', {}, say(number === without ? 'right' : 'wrong')),
        ' ',
        say('compared', sumText(calls, without), once, without - once)
      ),
      button(say('compareOn'), on.switchOn),
      button(say('again'), on.again)
    );
    on.guessed();
  };
  box.replaceChildren(
    element(
      'p',
      {},
      say(prompt === 1 ? 'question' : 'questionPrompt', end.places, prompt)
    ),
    ...options(end).map(number => button(whole(number), () => guess(number)))
  );
}
