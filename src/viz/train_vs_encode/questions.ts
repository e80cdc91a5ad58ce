/** The guesses: work of a look-up, another list, a word never seen. */
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import type { ILanes } from './compute';
import type { Key } from './words';

interface IDeeds {
  /** Learn from these texts, cut that one, and stand at a step (from the end if negative). */
  show(which: 'plain' | 'bud', text: string, step: number): ILanes;
  lookedUp(lanes: ILanes): string;
}

export function questions(
  say: Words<Key>,
  { show, lookedUp }: IDeeds
): IGuess[] {
  const counts = [3, 6, 7];
  const pieces = ['ug', 'bu', 'ud'];
  return [
    {
      ask: say('askLook', 'hugs'),
      answers: counts.map(String),
      pose: () => void show('plain', 'hugs', 0),
      act() {
        const lanes = show('plain', 'hugs', -1);
        const pairs = lanes.looks.reduce(
          (sum, { makes }) => sum + makes.length,
          0
        );
        return {
          right: counts.indexOf(pairs),
          told: say('toldLook', lookedUp(lanes))
        };
      }
    },
    {
      ask: say('askBud'),
      answers: pieces.map(piece => `“${piece}”`),
      pose: () => void show('plain', 'hugs', 2),
      act() {
        const before = show('plain', 'hugs', 2).vocabulary.name(256);
        const { vocabulary } = show('bud', 'hugs', 2);
        return {
          right: pieces.indexOf(vocabulary.name(256)),
          told: say('toldBud', before)
        };
      }
    },
    {
      ask: say('askMug', 'mug'),
      answers: [say('yes'), say('no')],
      pose: () => void show('plain', 'mug', 2),
      act() {
        const { ids, vocabulary } = show('plain', 'mug', -1);
        return {
          right: ids.length > 0 ? 0 : 1,
          told: say('toldMug', ids.map(id => vocabulary.name(id)).join(' · '))
        };
      }
    }
  ];
}
