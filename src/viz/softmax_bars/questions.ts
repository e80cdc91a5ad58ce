/** The guesses: add, divide, overflow. Each starts afresh and sees what really happens. */
import { percent, short } from '../kit/format';
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import type { ISoftmax } from './compute';
import { scoreText, share } from './ways';
import type { STRINGS } from './words';

interface IDeeds {
  reset(): void;
  set(next: { add?: number; temperature?: number }): void;
  state(): ISoftmax;
  /** Name and share of the largest. */
  largest(): [string, string];
}

export function questions(
  say: Words<keyof typeof STRINGS>,
  { reset, set, state, largest }: IDeeds
): IGuess[] {
  return [
    {
      ask: say('askAdd'),
      answers: [say('theyStay'), say('theyGrow'), say('theyEven')],
      act() {
        reset();
        const before = state().safe.shares;
        set({ add: 5 });
        const after = state().safe.shares;
        const gained = after.map((now, i) => now - (before[i] as number));
        const stay = gained.every(by => Math.abs(by) < 1e-5);
        const grow = gained.every(by => by > 0);
        return {
          right: stay ? 0 : grow ? 1 : 2,
          told: say('toldAdd', ...largest())
        };
      }
    },
    {
      ask: say('askHalf'),
      answers: [say('grows'), say('stays'), say('shrinks')],
      act() {
        reset();
        const before = Math.max(...state().safe.shares);
        set({ temperature: 0.5 });
        const after = Math.max(...state().safe.shares);
        const [name, now] = largest();
        return {
          right: 1 - Math.sign(Number((after - before).toFixed(5))),
          told: say('toldHalf', name, percent(before), now)
        };
      }
    },
    {
      ask: say('askHuge'),
      answers: [say('yes'), say('no')],
      act() {
        reset();
        set({ add: 1000 });
        const { plain, largest: highest, scores } = state();
        const at = scores.indexOf(highest);
        const came = plain.shares[at] as number;
        return {
          right: Number.isFinite(came) ? 0 : 1,
          told: say(
            'toldHuge',
            scoreText(highest),
            short(plain.powers[at] as number),
            Number.isNaN(came) ? say('notANumber') : share(came)
          )
        };
      }
    }
  ];
}
