/** The guesses: the opposite way, twice as long, the same length. Judged by what comes out. */
import { fixed } from '../kit/format';
import type { IGuess } from '../kit/guess';
import type { Point } from '../kit/plane';
import type { Words } from '../kit/strings';
import type { IDot } from './compute';
import type { STRINGS } from './words';

interface IDeeds {
  film(name: string): Point;
  set(film: Point, same: boolean): void;
  state(): IDot;
}

export function questions(
  say: Words<keyof typeof STRINGS>,
  { film, set, state }: IDeeds
): IGuess[] {
  const dotOf = (name: string, same = false): number => {
    set(film(name), same);
    return state().dot;
  };
  const doubled = [10, 20, 40];
  return [
    {
      ask: say('askC'),
      answers: [say('up'), say('none'), say('down')],
      act() {
        const dot = dotOf('C');
        const [a, b] = state().products;
        return {
          right: 1 - Math.sign(dot),
          told: say('toldC', fixed(a, 0), `(${fixed(b, 0)})`, fixed(dot, 0))
        };
      }
    },
    {
      ask: say('askLonger', 10),
      answers: doubled.map(String),
      act() {
        const dot = dotOf('D');
        return {
          right: doubled.indexOf(dot),
          told: say('toldLonger', fixed(dot, 0))
        };
      }
    },
    {
      ask: say('askSame'),
      answers: ['A', 'D', say('equal')],
      act() {
        const [a, d] = [dotOf('A', true), dotOf('D', true)];
        const gap = Number((a - d).toFixed(6));
        return {
          right: gap === 0 ? 2 : gap > 0 ? 0 : 1,
          told: say('toldSame', fixed(a), fixed(d))
        };
      }
    }
  ];
}
