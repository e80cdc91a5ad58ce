/** The guesses: how many, what moves, which shape. Each is judged by what happens. */
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import { compute, type ISizes, readingOrder } from './compute';
import type { STRINGS } from './words';

interface IDeeds {
  /** Sizes that can be cut into heads. */
  readonly sizes: ISizes;
  /** Shows these sizes at a step, then moves on to another. */
  walk(from: number, to: number): Promise<void>;
}

export function questions(
  say: Words<keyof typeof STRINGS>,
  { sizes, walk }: IDeeds
): IGuess[] {
  const { B, T, C, H } = sizes;
  const { layouts } = compute({}, sizes);
  const [, table, stack, view, swapped] = layouts;
  if (!table || !stack || !view || !swapped) {
    throw new Error('The guesses need sizes that can be cut into heads.');
  }
  const shape = (all: readonly number[]): string => all.join(', ');
  const [first = 1, second = 1, third = 1, fourth = 1] = view.sizes;
  const shapes = [
    `(${shape(view.sizes)})`,
    `(${shape([first, third, second, fourth])})`,
    `(${shape([second, first, third, fourth])})`
  ];
  return [
    {
      ask: say('askCount', shape(stack.sizes)),
      answers: [B + T + C, B * T * C, T * C].map(String),
      async act() {
        await walk(0, 2);
        return {
          right: [B + T + C, B * T * C, T * C].indexOf(stack.count),
          told: say('toldCount', C, T, B, table.count, stack.count)
        };
      }
    },
    {
      ask: say('askView', C, H, C / H),
      answers: [say('none'), say('half'), say('every')],
      async act() {
        await walk(2, 3);
        const before = readingOrder(stack);
        const moved = readingOrder(view).filter(
          (place, n) => place !== before[n]
        ).length;
        return {
          right: moved === 0 ? 0 : moved === stack.count ? 2 : 1,
          told: say(
            'toldView',
            moved,
            stack.count,
            shape(stack.sizes),
            shape(view.sizes)
          )
        };
      }
    },
    {
      ask: say('askSwap', shape(view.sizes)),
      answers: shapes,
      async act() {
        await walk(3, 4);
        return {
          right: shapes.indexOf(`(${shape(swapped.sizes)})`),
          told: say('toldSwap')
        };
      }
    }
  ];
}
