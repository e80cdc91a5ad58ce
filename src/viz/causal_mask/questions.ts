/** The guesses: open, badly hidden, hidden. Each looks at the same row. */
import { fixed, percent } from '../kit/format';
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import { type IMaskCell, sum, WAYS } from './compute';
import type { Key } from './words';

interface IDeeds {
  readonly tokens: readonly string[];
  /** The place that looks; the one after it is asked about. */
  readonly place: number;
  /** Shows a way, and the cells of the row in it. */
  show(way: number): readonly IMaskCell[];
}

export function questions(
  say: Words<Key>,
  { tokens, place, show }: IDeeds
): IGuess[] {
  const [from = '', to = ''] = tokens.slice(place);
  const way = (name: (typeof WAYS)[number]): number => WAYS.indexOf(name);
  const answer = (cells: readonly IMaskCell[]): IMaskCell =>
    cells[place + 1] as IMaskCell;
  const offered = [0, 0.25, 0.5, 0.8];
  return [
    {
      ask: say('askOff', from, to),
      answers: offered.map(
        share => `${share > 0 ? '≈ ' : ''}${percent(share, 0)}`
      ),
      act() {
        const { share, score } = answer(show(way('open')));
        const off = offered.map(other => Math.abs(other - share));
        return {
          right: off.indexOf(Math.min(...off)),
          told: `${percent(share, 0)}. ${say('toldOff', fixed(score, 0))}`
        };
      }
    },
    {
      ask: say('askZero', to),
      answers: [say('yes'), say('no')],
      act() {
        const { share } = answer(show(way('zero')));
        return {
          right: share === 0 ? 0 : 1,
          told: say('toldZero', percent(share, 0))
        };
      }
    },
    {
      ask: say('askHide', from),
      answers: [say('less'), say('all')],
      act() {
        const before = show(way('open'));
        const after = show(way('hidden'));
        const shares = after.map(({ share }) => share);
        const best = shares.indexOf(Math.max(...shares));
        return {
          right: sum(shares) > 0.9999 ? 1 : 0,
          told: say(
            'toldHide',
            to,
            tokens[best] ?? '',
            percent(before[best]?.share ?? 0, 0),
            percent(shares[best] ?? 0, 0)
          )
        };
      }
    }
  ];
}
