/** The whole map as a table of percentages. */
import { element } from '../kit/dom';
import type { Words } from '../kit/strings';
import type { IAttention } from './compute';
import { percent } from './sum';
import type { Key } from './words';

export function shareTable(
  { cells, queries, keys }: IAttention,
  tokens: readonly string[],
  covered: number | null,
  say: Words<Key>
): HTMLElement[] {
  const shift = keys - queries;
  return [
    element(
      'tr',
      {},
      element('th', {}, say('looks')),
      ...tokens.map(token => element('th', { scope: 'col' }, token))
    ),
    ...cells.map((row, n) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, tokens[n + shift] ?? ''),
        ...row.map(({ visible, share }) =>
          element(
            'td',
            {},
            n === covered ? '?' : visible ? percent(share) : say('future')
          )
        )
      )
    )
  ];
}
