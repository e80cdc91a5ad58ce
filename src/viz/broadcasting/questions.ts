/** The guesses: does it fit, how many come out, how many are kept. Judged by what happens. */
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import { type IBroadcast, shapeOf } from './compute';
import { type IPair, PAIRS } from './presets';
import type { STRINGS } from './words';

interface IDeeds {
  set(pair: IPair): void;
  state(): IBroadcast;
}

export function questions(
  say: Words<keyof typeof STRINGS>,
  { set, state }: IDeeds
): IGuess[] {
  const counts = [3, 6, 9];
  const tables = [6, 12, 24];
  const product = (sizes: readonly number[]): number =>
    sizes.reduce((all, size) => all * size, 1);
  const resultOf = ({ axes }: IBroadcast): number[] =>
    axes.map(({ result }) => result).filter(size => size > 0);
  return [
    {
      ask: say('askRow'),
      answers: [say('yes'), say('no')],
      act() {
        set(PAIRS.broken);
        const { fits, axes } = state();
        const broken = axes.find(({ verdict }) => verdict === 'breaks');
        return {
          right: fits ? 0 : 1,
          told: say('toldRow', broken?.first ?? '', broken?.second ?? '')
        };
      }
    },
    {
      ask: say('askOuter'),
      answers: counts.map(String),
      act() {
        set(PAIRS.outer);
        const now = state();
        return {
          right: counts.indexOf(now.places.length),
          told: say('toldOuter', resultOf(now).join(', '))
        };
      }
    },
    {
      ask: say('askHeads'),
      answers: tables.map(String),
      act() {
        set(PAIRS.heads);
        const held = product(shapeOf(PAIRS.heads.second));
        return {
          right: tables.indexOf(held),
          told: say('toldHeads', held, state().places.length - held)
        };
      }
    }
  ];
}
