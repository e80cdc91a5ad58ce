/** The guesses: shift, scale, one outlier. Each starts afresh and sees what really happens. */
import { fixed } from '../kit/format';
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import { apart, type INorms } from './compute';
import type { STRINGS } from './words';

interface IDeeds {
  reset(): void;
  set(next: { shift?: number; times?: number }): void;
  /** Moves one number of the list. */
  put(place: number, value: number): void;
  state(): INorms;
}

/** Which number is made loud, and how loud. */
const PLACE = 7;
const LOUD = 6;

export function questions(
  say: Words<keyof typeof STRINGS>,
  { reset, set, put, state }: IDeeds
): IGuess[] {
  const answers = [
    say('onlyRms'),
    say('onlyLayer'),
    say('both'),
    say('neither')
  ];
  const tried = (
    next: { shift?: number; times?: number },
    told: 'toldShift' | 'toldTimes'
  ): ReturnType<IGuess['act']> => {
    reset();
    const before = state();
    set(next);
    const after = state();
    const rms = apart(before.rmsNorm, after.rmsNorm);
    const layer = apart(before.layerNorm, after.layerNorm);
    const stays = [rms, layer].map(by => by < 1e-3);
    return {
      right: stays[0] ? (stays[1] ? 2 : 0) : stays[1] ? 1 : 3,
      told: say(told, fixed(rms), fixed(layer))
    };
  };
  return [
    {
      ask: say('askShift'),
      answers,
      act: () => tried({ shift: 2 }, 'toldShift')
    },
    {
      ask: say('askTimes'),
      answers,
      act: () => tried({ times: 10 }, 'toldTimes')
    },
    {
      ask: say('askOutlier', PLACE, LOUD),
      answers: [say('shrink'), say('same'), say('grow')],
      act() {
        reset();
        const before = state();
        put(PLACE - 1, LOUD);
        const after = state();
        const others = before.rmsNorm.values
          .map(
            (value, i) =>
              Math.abs(after.rmsNorm.values[i] as number) - Math.abs(value)
          )
          .filter((_, i) => i !== PLACE - 1);
        const shrunk = others.every(by => by <= 0);
        const still = others.every(by => Math.abs(by) < 1e-3);
        return {
          right: still ? 1 : shrunk ? 0 : 2,
          told: say(
            'toldOutlier',
            fixed(before.size),
            fixed(after.size),
            fixed(after.rmsNorm.length)
          )
        };
      }
    }
  ];
}
