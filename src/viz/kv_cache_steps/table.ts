/** Every call as a row of numbers. */
import { element } from '../kit/dom';
import type { Words } from '../kit/strings';
import { compute, type ICacheInputs, type ICacheParams } from './compute';
import { whole } from './texts';
import type { Key } from './words';

export function callTable(
  inputs: ICacheInputs,
  params: ICacheParams,
  say: Words<Key>
): HTMLElement[] {
  const head = ['call', 'reads', 'total', 'totalWith', 'bytes'] as const;
  return [
    element(
      'tr',
      {},
      ...head.map(key => element('th', { scope: 'col' }, say(key)))
    ),
    ...Array.from({ length: params.calls }, (_, n) => {
      const cache = compute(inputs, { ...params, calls: n + 1 });
      const phase = cache.calls[n]?.phase ?? 'decode';
      return element(
        'tr',
        {},
        element('th', { scope: 'row' }, say(phase, n + 1)),
        ...[cache.places, cache.without, cache.with, cache.bytes].map(value =>
          element('td', {}, whole(value))
        )
      );
    })
  ];
}
