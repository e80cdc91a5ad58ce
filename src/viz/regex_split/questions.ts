/** The guesses: pieces of a sentence, of a number, and whether a sign can be glued to a word. */
import { visible } from '../kit/bpe';
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import type { ICuts } from './compute';
import example from './example.json';
import type { Key } from './words';

interface IDeeds {
  /** Draw a text; how it is cut. */
  draw(text: string): ICuts;
}

export function questions(say: Words<Key>, { draw }: IDeeds): IGuess[] {
  const [sentence = '', , , digits = ''] = example.samples;
  const dogs = example.samples.at(-1) ?? '';
  const named = ({ pieces }: ICuts): string =>
    pieces.map(({ text }) => visible(text)).join(' · ');
  const counted = (
    text: string,
    answers: readonly number[],
    ask: string,
    told: 'toldAll' | 'toldDigits'
  ): IGuess => ({
    ask,
    answers: answers.map(String),
    act() {
      const cuts = draw(text);
      return {
        right: answers.indexOf(cuts.pieces.length),
        told: say(told, named(cuts))
      };
    }
  });
  return [
    counted(sentence, [3, 5, 8, 14], say('askAll', sentence), 'toldAll'),
    counted(digits, [1, 3, 5], say('askDigits', digits), 'toldDigits'),
    {
      ask: say('askComma'),
      answers: [say('yes'), say('no')],
      act() {
        const cuts = draw(dogs);
        const together = cuts.pieces.some(({ text }) => /dog,/.test(text));
        return {
          right: together ? 0 : 1,
          told: say('toldComma', named(cuts))
        };
      }
    }
  ];
}
