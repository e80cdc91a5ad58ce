/** The guesses: what comes next into a row, and what fills its end. */
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import { type IPacking, nameOf } from './compute';
import type { Key } from './words';

const OPTIONS = 4;

interface IDeeds {
  readonly packing: IPacking;
  readonly slots: number;
  /** Show the rows after so many picks. */
  go(step: number): void;
}

export function questions(
  say: Words<Key>,
  { packing, slots, go }: IDeeds
): IGuess[] {
  const { picks, lengths } = packing;
  return picks.flatMap((pick, n): IGuess[] => {
    const left = slots - pick.at;
    const taken = picks
      .slice(0, n)
      .filter(({ kind }) => kind !== 'fills')
      .map(({ document }) => document);
    const waiting = lengths
      .map((_, document) => document)
      .filter(document => !taken.includes(document));
    const pose = (): void => go(n);
    if (pick.kind === 'fits' && waiting.length > 1) {
      const offered = [
        pick.document,
        ...waiting.filter(document => document !== pick.document)
      ]
        .slice(0, OPTIONS)
        .sort((a, b) => a - b);
      const opener = picks.find(
        ({ row, kind }) => row === pick.row && kind === 'opens'
      );
      return [
        {
          ask: say(
            'askNext',
            pick.row + 1,
            nameOf(opener?.document ?? 0),
            left
          ),
          answers: offered.map(document =>
            say('answer', nameOf(document), lengths[document] as number)
          ),
          pose,
          act() {
            go(n + 1);
            return {
              right: offered.indexOf(pick.document),
              told: say('toldNext', nameOf(pick.document), left)
            };
          }
        }
      ];
    }
    return pick.kind === 'fills'
      ? [
          {
            ask: say(left === 1 ? 'askFill' : 'askFills', pick.row + 1, left),
            answers: [say('nothing'), say('beginning'), say('cut')],
            pose,
            act() {
              go(n + 1);
              return {
                right: 1,
                told: say(
                  'toldFill',
                  left === 1 ? say('oneToken') : say('tokens', left),
                  nameOf(pick.document)
                )
              };
            }
          }
        ]
      : [];
  });
}
