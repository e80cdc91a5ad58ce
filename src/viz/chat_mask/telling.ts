/** What the picture says about single tokens: as tiles, in a sentence, in the table. */
import { visible } from '../kit/bpe';
import { fixed, short } from '../kit/format';
import type { Words } from '../kit/strings';
import type { ITile } from '../kit/tiles';
import type { IMasked, IQuestion } from './compute';
import type { IGiven } from './inputs';
import type { Key } from './words';

export interface ITelling {
  tiles(masked: IMasked, covered: boolean): ITile[];
  token(masked: IMasked, place: number, covered: boolean): string;
  rows(masked: IMasked, covered: boolean): string[][];
}

export function telling({ tokens, losses }: IGiven, say: Words<Key>): ITelling {
  const name = (place: number): string => tokens[place] ?? '';
  const isMark = (place: number): boolean => /^<\|.+\|>$/.test(name(place));
  const plain = (place: number): string =>
    isMark(place) ? name(place).slice(2, -2) : visible(name(place));

  /** What stands below a tile. */
  const under = ({ loss, counts, target }: IQuestion): string => {
    const text = loss === null ? minus(target) : fixed(loss, 1);
    return counts || loss === null ? text : `(${text})`;
  };
  const spoken = ({ loss, counts }: IQuestion): string =>
    loss === null
      ? say(counts ? 'isTarget' : 'isOut')
      : say(counts ? 'isLoss' : 'isOutLoss', fixed(loss, 1));

  const lossText = (loss: number | null): string =>
    loss === null
      ? ''
      : loss < 0.001
        ? say('howSure')
        : say('howLoss', short(Math.exp(-loss), 4), fixed(loss, 3));

  return {
    tiles: ({ speakers, questions }, covered) =>
      tokens.map((_, place): ITile => {
        const asked = questions[place - 1];
        const from = speakers[place] ?? 'empty';
        const told =
          asked === undefined
            ? say('isRead')
            : covered
              ? say('isCovered')
              : spoken(asked);
        return {
          text: plain(place),
          under: asked === undefined ? '' : covered ? '?' : under(asked),
          label: say(
            'tile',
            place,
            say(isMark(place) ? 'ofMark' : 'ofText', plain(place)),
            say(from),
            told
          ),
          kind: `${from}${isMark(place) ? ' mark' : ''}${covered || asked === undefined ? '' : ` ${Number(asked.counts)}`}`
        };
      }),
    token({ questions }, place, covered) {
      const asked = questions[place - 1];
      if (asked === undefined) {
        return say('howFirst');
      }
      const { from, counts, target, loss } = asked;
      return (
        say('how', place, plain(place - 1), plain(place), say(from)) +
        (covered ? '' : counts ? say('howCounts', target) : say('howOut')) +
        lossText(loss)
      );
    },
    rows: ({ speakers, questions }, covered) =>
      tokens.map((_, place) => {
        const asked = questions[place - 1];
        return [
          plain(place),
          say(speakers[place] ?? 'empty'),
          asked === undefined ? '–' : covered ? '?' : minus(asked.target),
          ...(losses.length === 0
            ? ['–']
            : losses.map(list =>
                asked === undefined ? '–' : fixed(list[place - 1] ?? NaN)
              ))
        ];
      })
  };
}

function minus(value: number): string {
  return String(value).replace('-', '−');
}
