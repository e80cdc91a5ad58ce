/** The guesses: the first merges, the later ones, and a text unlike the stories. */
import { whole } from '../kit/format';
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import type { ITrade } from './compute';
import type { Key } from './words';

interface IDeeds {
  readonly known: string;
  readonly foreign: string;
  /** Shows a text at a place in the list of sizes; what came out at each. */
  show(text: string, place: number): readonly ITrade[];
  measure(text: string): readonly ITrade[];
  place(size: number): number;
}

export function questions(
  say: Words<Key>,
  { known, foreign, show, measure, place }: IDeeds
): IGuess[] {
  const tokens = (list: readonly ITrade[], size: number): number =>
    list[place(size)]?.ids.length ?? 0;
  const ask = (
    from: number,
    to: number,
    answers: readonly number[],
    text: string
  ): IGuess => ({
    ask: text,
    answers: answers.map(String),
    pose: () => void show(known, place(from)),
    act() {
      const list = show(known, place(to));
      return {
        right: answers.indexOf(tokens(list, to)),
        told: say(
          'toldTables',
          tokens(list, to),
          whole(list[place(from)]?.numbers ?? 0),
          whole(list[place(to)]?.numbers ?? 0)
        )
      };
    }
  });
  const before = measure(known);
  return [
    ask(
      265,
      400,
      [35, 20, 9],
      say('askFirst', known, tokens(before, 265), 265, 400)
    ),
    ask(
      512,
      1024,
      [18, 13, 9],
      say('askAgain', 512, tokens(before, 512), whole(1024))
    ),
    {
      ask: say('askForeign', foreign, 512, whole(1024)),
      answers: [say('yes'), say('no')],
      pose: () => void show(foreign, place(512)),
      act() {
        const list = show(foreign, place(1024));
        const [few, many] = [tokens(list, 512), tokens(list, 1024)];
        return {
          right: many < few ? 0 : 1,
          told: say('toldForeign', few, many)
        };
      }
    }
  ];
}
