/** The guesses: bytes of a text, ids of a text, two é. Each shows its text and counts it. */
import { visible } from '../kit/bpe';
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import type { ILevels } from './compute';
import example from './example.json';
import type { Key } from './words';

interface IDeeds {
  /** Draw a text; what it is made of. */
  draw(text: string): ILevels;
}

export function questions(say: Words<Key>, { draw }: IDeeds): IGuess[] {
  const { three, sentence, twins } = example;
  const bytes = [3, 6, 7, 12];
  const ids = [3, 5, 9, 12];
  return [
    {
      ask: say('askBytes', three),
      answers: bytes.map(String),
      act() {
        const levels = draw(three);
        const parts = levels.glyphs.map(({ text, from, to }) =>
          say('toldByte', text, to - from)
        );
        return {
          right: bytes.indexOf(levels.bytes.length),
          told: say('toldBytes', parts.join(', '))
        };
      }
    },
    {
      ask: say('askIds', sentence, new TextEncoder().encode(sentence).length),
      answers: ids.map(String),
      act() {
        const levels = draw(sentence);
        const names = levels.ids.map(({ from, to }) =>
          visible(sentence.slice(from, to))
        );
        return {
          right: ids.indexOf(levels.ids.length),
          told: say('toldIds', names.join(' · '))
        };
      }
    },
    {
      ask: say('askTwins'),
      answers: [say('yes'), say('no')],
      act() {
        const { glyphs, bytes: all } = draw(twins);
        const [first = '', second = ''] = glyphs.map(({ from, to }) =>
          all
            .slice(from, to)
            .map(({ value }) => value)
            .join(', ')
        );
        return {
          right: first === second ? 0 : 1,
          told: say('toldTwins', first, second)
        };
      }
    }
  ];
}
