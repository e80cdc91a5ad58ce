/** The guesses: which pair wins. One for each of the first merges of these texts. */
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import type { IMerges } from './compute';
import type { Key } from './words';

const GUESSES = 3;
const OPTIONS = 4;

interface IDeeds {
  readonly merges: IMerges['merges'];
  name(id: number): string;
  go(step: number): void;
}

export function questions(
  say: Words<Key>,
  { merges, name, go }: IDeeds
): IGuess[] {
  return merges
    .slice(0, GUESSES)
    .map(({ counted, before, after }, n) => ({ counted, before, after, n }))
    .filter(({ counted }) => counted.length > 1)
    .map(({ counted, before, after, n }): IGuess => {
      const names = counted.slice(0, OPTIONS).map(({ pair, times }) => ({
        text: say('pair', name(pair[0]), name(pair[1])),
        times
      }));
      const winner = names[0]?.text ?? '';
      // in the order of the alphabet, which tells nothing
      const answers = names.map(({ text }) => text).sort();
      const [first, second] = counted;
      const draw =
        first && first.times === second?.times
          ? ` ${say('draw', first.pair[0], first.pair[1])}`
          : '';
      return {
        ask: say('ask', n + 1),
        answers,
        pose: () => go(n),
        act() {
          go(n + 1);
          const all = names
            .map(({ text, times }) => say('toldCount', text, times))
            .join(', ');
          return {
            right: answers.indexOf(winner),
            told: say('told', all, before, after) + draw
          };
        }
      };
    });
}
