/** The guesses: few or many, is it due, the same seed. Each is judged by real rolls. */
import { fixed, percent, whole } from '../kit/format';
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import { afterWaiting, compute, sequence, spread } from './compute';
import type { STRINGS } from './words';

interface IDeeds {
  /** The dice of three colours, with its names; `which` is the one that is waited for. */
  readonly sky: {
    readonly shares: readonly number[];
    readonly names: readonly string[];
  };
  seed(): number;
  show(rolls: number): void;
}

const WAIT = 5;
const MANY = 10_000;

export function questions(
  say: Words<keyof typeof STRINGS>,
  { sky, seed, show }: IDeeds
): IGuess[] {
  const { shares, names } = sky;
  const gap = (rolls: number): number => {
    const { counted, furthest: at } = compute(
      { shares },
      { seed: seed(), rolls }
    );
    return 100 * Math.abs((counted[at] as number) - (shares[at] as number));
  };
  const green = shares.length - 1;
  return [
    {
      ask: say('askGap'),
      answers: [say('after', 10), say('after', whole(1000)), say('same')],
      act() {
        show(1000);
        const [few, many] = [gap(10), gap(1000)];
        return {
          right: many < few ? 1 : many > few ? 0 : 2,
          told: say('toldGap', fixed(few, 1), fixed(many, 1))
        };
      }
    },
    {
      ask: say('askDue'),
      answers: [say('more'), say('always'), say('less')],
      act() {
        show(MANY);
        const hits = sequence(shares, { seed: seed(), rolls: MANY });
        const { waits, came } = afterWaiting(hits, green, WAIT);
        const p = shares[green] as number;
        const off = came / waits - p;
        const chanceAlone = Math.abs(off) < 3 * spread(p, waits);
        return {
          right: chanceAlone ? 1 : off > 0 ? 0 : 2,
          told: say('toldDue', whole(waits), whole(came), percent(came / waits))
        };
      }
    },
    {
      ask: say('askSeed'),
      answers: [say('yes'), say('no')],
      act() {
        show(10);
        const [once, again] = [1, 2].map(() =>
          sequence(shares, { seed: seed(), rolls: 10 })
            .map(hit => names[hit])
            .join(', ')
        );
        return {
          right: once === again ? 0 : 1,
          told: say('toldSeed', once ?? '')
        };
      }
    }
  ];
}
