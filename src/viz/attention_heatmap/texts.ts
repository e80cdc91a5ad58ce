/** What the picture says about a row or a cell, in words with their numbers. */
import { percent, whole } from '../kit/format';
import type { Words } from '../kit/strings';
import type { IChip } from '../kit/strip';
import type { ICell } from '../kit/heatmap';
import type { IAttention, IAttentionCell } from './compute';
import example from './example.json';
import type { IGiven } from './inputs';
import type { Key } from './words';

/** The map that is shown: of one head, with the mask on or off, maybe with a covered row. */
export interface IShown {
  readonly attention: IAttention;
  readonly head: number;
  readonly causal: boolean;
  readonly covered: number | null;
}

export interface ITexts {
  chips(shown: IShown, row: number): IChip[];
  /** What the bars are. */
  title(shown: IShown, row: number): string;
  /** What the mask does to this row. */
  rule(shown: IShown, row: number): string;
  /** Why a cell has no share to see; null where it has one. */
  hidden(shown: IShown, at: ICell): string | null;
  live(shown: IShown, at: ICell): string;
  caption(): string;
}

export function texts(
  { inputs, tokens, recorded, unscaled }: IGiven,
  say: Words<Key>
): ITexts {
  const name = (place: number): string => tokens[place] ?? '';
  /** The place in the text of the word that looks in this row. */
  const placeOf = ({ keys, queries }: IAttention, row: number): number =>
    row + keys - queries;
  const share = ({ share: value, visible }: IAttentionCell, later: boolean) =>
    visible ? percent(value, 0) : say(later ? 'future' : 'outside');

  return {
    chips({ attention, covered }, row) {
      const place = placeOf(attention, row);
      return (attention.cells[row] ?? []).map((cell, key): IChip => {
        const text = row === covered ? '?' : share(cell, key > place);
        const spoken = cell.visible ? say('share', text, name(place)) : text;
        return {
          share: cell.visible && row !== covered ? cell.share : null,
          text,
          label: say('chip', name(key), key, spoken),
          kind: key > place ? 'future' : 'past'
        };
      });
    },
    title({ attention, head }, row) {
      return say('takes', name(placeOf(attention, row)), head);
    },
    rule({ attention, causal }, row) {
      const place = placeOf(attention, row);
      if (inputs.q === null) {
        return say('patternOnly');
      }
      if (causal) {
        return say('maskOn', name(place));
      }
      const leaked = (attention.cells[row] ?? [])
        .slice(place + 1)
        .reduce((total, { share: value }) => total + value, 0);
      return place === attention.keys - 1
        ? say('maskOffLast', name(place))
        : say('maskOff', name(place), percent(leaked, 0));
    },
    hidden({ attention, covered }, { row, column }) {
      const place = placeOf(attention, row);
      if (row === covered) {
        return say('covered');
      }
      if (attention.cells[row]?.[column]?.visible) {
        return null;
      }
      return say(
        column > place ? 'isFuture' : 'isOutside',
        name(place),
        name(column),
        inputs.window
      );
    },
    live({ attention, head, covered }, { row, column }) {
      const place = placeOf(attention, row);
      if (row === covered) {
        return `“${name(place)}”: ${say('covered')}`;
      }
      const cell = attention.cells[row]?.[column];
      return cell === undefined
        ? ''
        : say(
            cell.visible ? 'live' : 'liveHidden',
            name(place),
            share(cell, column > place),
            name(column),
            head
          );
    },
    caption() {
      const { numbers, steps, sentences, chance, next } = example.training;
      return recorded
        ? say(
            'recorded',
            whole(numbers),
            steps,
            sentences,
            name(example.asked),
            next,
            percent(chance, 0),
            name(0)
          )
        : unscaled
          ? say('yoursUnscaled', inputs.scale)
          : say('yours');
    }
  };
}
