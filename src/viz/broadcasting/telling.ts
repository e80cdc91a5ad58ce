/** What the picture says in words: a sum, how often a number is used, what breaks, the table. */
import { factor } from '../kit/format';
import type { Words } from '../kit/strings';
import { AXES, type IBroadcast, shapeOf } from './compute';
import type { Index } from './layout';
import type { IPair } from './presets';
import type { STRINGS } from './words';

type Say = Words<keyof typeof STRINGS>;

/** As Python writes it: a list of three has the shape (3,). */
export function shapeText(sizes: readonly number[]): string {
  return sizes.length === 1 ? `(${sizes.join()},)` : `(${sizes.join(', ')})`;
}

export function product(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all * size, 1);
}

/** How the number at a place of the result comes about. */
export function sumText(
  say: Say,
  pair: IPair,
  { places }: IBroadcast,
  index: Index
): string {
  const spot = places.find(one => one.index.join() === index.join());
  return spot === undefined
    ? ''
    : say(
        'how',
        placeText(say, pair, index),
        spot.first,
        pair.times ? '×' : '+',
        factor(spot.second, 0),
        spot.result
      );
}

/** The sum at a place, and how often a number that is reused is used. */
export function explained(
  say: Say,
  pair: IPair,
  now: IBroadcast,
  index: Index
): string {
  const spot = now.places.find(one => one.index.join() === index.join());
  const told = (['first', 'second'] as const).map(name => {
    const held = product(shapeOf(pair[name]));
    const used = now.places.length / held;
    return used > 1
      ? say('reused', spot?.[name] ?? '', held, say(name), used)
      : '';
  });
  return sumText(say, pair, now, index) + told.join('');
}

/** Why there is no result; nothing when there is one. */
export function broken(say: Say, { axes }: IBroadcast): string {
  const parts = axes.flatMap(({ verdict, first, second }, n) =>
    verdict === 'breaks'
      ? [say('illegalPart', axisName(say, n), first, second)]
      : []
  );
  return parts.length ? say('illegal', parts.join(say('and'))) : '';
}

export function rows(say: Say, pair: IPair, now: IBroadcast): string[][] {
  const size = (value: number): string => (value ? String(value) : say('dash'));
  return [
    ...now.axes.map(({ first, second, result, verdict }, n) => [
      say('sizeRow', axisName(say, n)),
      size(first),
      size(second),
      verdict === 'breaks' ? say('verdictbreaks', first, second) : size(result)
    ]),
    ...now.places.map(({ index, first, second, result }) => [
      placeText(say, pair, index),
      String(first),
      String(second),
      String(result)
    ])
  ];
}

function placeText(
  say: Say,
  { first, second }: IPair,
  [s, r, c]: Index
): string {
  const sheet = Math.max(first[0], second[0]) > 0 ? say('sheet', s) : '';
  return say('at', sheet, r, c);
}

function axisName(say: Say, axis: number): string {
  return say(AXES[axis] ?? 'columns');
}
