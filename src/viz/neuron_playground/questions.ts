/** The guesses: when it wakes, what one can learn, what eight can. Judged by what happens. */
import { fixed } from '../kit/format';
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import { type INeurons, SWITCHES } from './compute';
import type { STRINGS } from './words';

interface IDeeds {
  readonly starts: number;
  readonly steps: number;
  setNeuron(a1: number, a2: number, bias: number): void;
  state(): INeurons;
  /** The loss at the end of learning from a start. */
  lossAt(start: number, neurons: number): number;
  learn(neurons: number): Promise<void>;
}

/** From here on the lamp counts as learned. */
export const LEARNED = 0.01;

export function questions(
  say: Words<keyof typeof STRINGS>,
  { starts, steps, setNeuron, state, lossAt, learn }: IDeeds
): IGuess[] {
  const all = [...Array(starts).keys()].map(n => n + 1);
  const wakes = ['2', '1,2', '1,2,3'];
  return [
    {
      ask: say('askWake'),
      answers: [say('only10'), say('oneUp'), say('anyUp')],
      act() {
        setNeuron(1, -1, 0);
        const { bent, sums } = state();
        const awake = bent.flatMap((value, n) => (value > 0 ? [n] : []));
        const told = SWITCHES.map(
          (pair, n) => `${pair.join(', ')} → ${fixed(sums[n] as number, 0)}`
        );
        return {
          right: wakes.indexOf(awake.join()),
          told: say('toldWake', told.join('; '))
        };
      }
    },
    {
      ask: say('askOne'),
      answers: [say('yes'), say('no')],
      async act() {
        await learn(1);
        const best = Math.min(...all.map(start => lossAt(start, 1)));
        return {
          right: best < LEARNED ? 0 : 1,
          told: say('toldOne', starts, steps, fixed(best))
        };
      }
    },
    {
      ask: say('askEight', starts),
      answers: [say('none'), say('some'), say('all')],
      async act() {
        await learn(8);
        const losses = all.map(start => lossAt(start, 8));
        const good = losses.filter(loss => loss < LEARNED).length;
        return {
          right: good === 0 ? 0 : good < starts ? 1 : 2,
          told: say(
            'toldEight',
            good,
            starts,
            losses.map(loss => fixed(loss)).join(', ')
          )
        };
      }
    }
  ];
}
