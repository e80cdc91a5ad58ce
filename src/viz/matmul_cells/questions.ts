/** The guesses: one cell, one change, all the work. Each is judged by what comes out. */
import { whole } from '../kit/format';
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import type { IMatmul } from './compute';
import { sumText } from './terms';
import type { STRINGS } from './words';

interface IDeeds {
  reset(): void;
  /** Nobody sees the result while it is asked for. */
  hide(hidden: boolean): void;
  setBread(bread: number): void;
  state(): IMatmul;
  /** Adds the terms up before the learner's eyes. */
  addUp(): Promise<void>;
}

export function questions(
  say: Words<keyof typeof STRINGS>,
  { reset, hide, setBread, state, addUp }: IDeeds
): IGuess[] {
  const { terms } = state();
  const total = (pick: (term: (typeof terms)[number]) => number): number =>
    terms.reduce((sum, term) => sum + pick(term), 0);
  // what comes out, and what comes of adding where one should multiply
  const wrong = [total(({ w }) => w), total(({ x, w }) => x + w)];
  const paid = total(({ product }) => product);
  const payable = [...new Set([...wrong, paid])].sort((a, b) => a - b);
  const counts = [1, 2, 4];
  const { sizes, multiplications } = state();
  const work = [sizes.N * sizes.M, sizes.N * sizes.K, multiplications];
  return [
    {
      ask: say(
        'askCell',
        terms.map(({ x }) => x).join(', '),
        terms.map(({ w }) => w).join(', ')
      ),
      answers: payable.map(String),
      pose() {
        reset();
        hide(true);
      },
      async act() {
        hide(false);
        await addUp();
        const sum = state().terms.at(-1)?.sum ?? 0;
        return {
          right: payable.indexOf(sum),
          told: say('toldCell', sumText(state().terms), sum)
        };
      }
    },
    {
      ask: say('askRow'),
      answers: counts.map(String),
      act() {
        reset();
        const before = state().y.flat();
        setBread(3);
        const changed = state()
          .y.flat()
          .filter((now, n) => now !== before[n]).length;
        return {
          right: counts.indexOf(changed),
          told: say('toldRow', changed)
        };
      }
    },
    {
      ask: say('askCount'),
      answers: work.map(whole),
      act() {
        const { sizes: now, multiplications: all } = state();
        return {
          right: work.indexOf(all),
          told: say('toldCount', now.N * now.M, now.K, all)
        };
      }
    }
  ];
}
