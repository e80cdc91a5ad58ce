/** What the picture says about a call or a cell, in words with their numbers. */
import { whole } from '../kit/format';
import type { Words } from '../kit/strings';
import type { ICell } from '../kit/heatmap';
import type { ICache, ICall } from './compute';
import type { IGiven } from './inputs';
import type { Key } from './words';

/** What happens in one cell of the map; null where nothing does. */
export type Work = 'fresh' | 'repeated' | 'stored' | null;

export function workOf(
  call: ICall | undefined,
  column: number,
  cached: boolean
): Work {
  if (call === undefined || column >= call.to) {
    return null;
  }
  return column >= call.from ? 'fresh' : cached ? 'stored' : 'repeated';
}

/** The call that was done last. */
export function callText(
  { tokens, then }: IGiven,
  { calls }: ICache,
  done: number,
  cached: boolean,
  say: Words<Key>
): string {
  const call = calls[done - 1];
  if (call === undefined) {
    return say('nothing');
  }
  const next = tokens[call.to] ?? then;
  const writes = next === undefined ? '' : say('writes', next);
  const keys = call.to === 1 ? say('keyIs') : say('keysAre', call.to);
  if (call.phase === 'prefill') {
    return say('nowPrefill', keys, writes);
  }
  if (!cached) {
    return say('nowOff', done, keys, call.from, writes);
  }
  const others = call.from === 1 ? say('other') : say('others', call.from);
  return say('nowOn', done, tokens[call.from] ?? '', others, writes);
}

export function cellText(
  { tokens }: IGiven,
  { calls }: ICache,
  { row, column }: ICell,
  done: number,
  cached: boolean,
  say: Words<Key>
): string {
  const token = tokens[column] ?? '';
  if (row >= done) {
    return say('cellNext', row + 1);
  }
  const first = calls.findIndex(({ to }) => column < to) + 1;
  switch (workOf(calls[row], column, cached)) {
    case 'fresh':
      return say('cellFresh', row + 1, token);
    case 'repeated':
      return say('cellAgain', row + 1, token, row);
    case 'stored':
      return say('cellKept', row + 1, token, first);
    default:
      return say('cellLater', row + 1, token);
  }
}

/** “1 + 2 + … + 10 = 10 × 11 ÷ 2 = 55”, as far as there is something to add up. */
export function sumText(calls: readonly ICall[], total: number): string {
  const lengths = calls.map(({ to }) => to);
  const [first = 0, second = 0] = lengths;
  const last = lengths.at(-1) ?? 0;
  if (lengths.length < 2) {
    return String(first);
  }
  const sum =
    lengths.length <= 4
      ? lengths.join(' + ')
      : `${first} + ${second} + … + ${last}`;
  const short =
    first === 1 && lengths.length > 2 ? ` = ${last} × ${last + 1} ÷ 2` : '';
  return `${sum}${short} = ${whole(total)}`;
}
