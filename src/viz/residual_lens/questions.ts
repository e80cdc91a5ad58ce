/** The guesses: which token wins, and from which layer on. */
import { percent } from '../kit/format';
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import { compute, type ILensInputs } from './compute';
import type { Key } from './words';

export function questions(
  say: Words<Key>,
  inputs: ILensInputs,
  show: (id: number) => string,
  moveTo: (layer: number) => Promise<void>
): IGuess[] {
  const last = inputs.shares.length - 1;
  const end = compute(inputs, { layer: last });
  const start = compute(inputs, { layer: 0 });
  const leaders = inputs.ids.map(row => row[0] as number);
  const answers = [...new Set([end.winner.id, ...leaders])]
    .slice(0, 4)
    .sort((a, b) => show(a).localeCompare(show(b)));
  const count = (n: number): string =>
    n === 0 ? say('noLayer') : n === 1 ? say('oneLayer') : say('layers', n);
  return [
    {
      ask: say('ask'),
      answers: answers.map(show),
      async act() {
        await moveTo(last);
        return {
          right: answers.indexOf(end.winner.id),
          told: say(
            'toldEnd',
            show(end.winner.id),
            percent(end.winner.share),
            show(start.best.id),
            percent(start.best.share)
          )
        };
      }
    },
    {
      ask: say('askWhen', show(end.winner.id)),
      answers: leaders.map((_, n) => count(n)),
      async act() {
        await moveTo(end.settled);
        return {
          right: end.settled,
          told:
            end.settled === 0
              ? say('toldAlways')
              : say(
                  'toldWhen',
                  end.settled,
                  last,
                  show(leaders[end.settled - 1] as number)
                )
        };
      }
    }
  ];
}
