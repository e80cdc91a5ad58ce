/** The guesses: how much work without a cache, with it, and after a prompt. */
import { whole } from '../kit/format';
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import type { ICache } from './compute';
import { sumText } from './texts';
import type { Key } from './words';

interface IDeeds {
  readonly positions: number;
  /** After all calls. */
  end(prompt: number): ICache;
  /** Plays all calls from the start. */
  run(prompt: number, cached: boolean): Promise<void>;
}

export function questions(
  say: Words<Key>,
  { positions, end, run }: IDeeds
): IGuess[] {
  const guess = (prompt: number, cached: boolean, ask: string): IGuess => {
    const all = end(prompt);
    const { without, with: once, calls } = all;
    const numbers = options(all);
    return {
      ask,
      answers: numbers.map(whole),
      async act() {
        await run(prompt, cached);
        return {
          right: numbers.indexOf(cached ? once : without),
          told: cached
            ? say('comparedOn', once, without - once)
            : say('compared', sumText(calls, without), once, without - once)
        };
      }
    };
  };
  const half = Math.max(Math.ceil(positions / 2) - 1, 1);
  return [
    guess(1, false, say('question', positions)),
    guess(1, true, say('questionOn')),
    guess(half, false, say('questionPrompt', positions, half))
  ];
}

/** The right number among what one might think: once each, twice, and every call alike. */
function options({ without, with: once, places }: ICache): number[] {
  const all = [once, 2 * once, without, places * places];
  return [...new Set(all)].sort((a, b) => a - b);
}
