/** The count that decided a merge: a line for each of the most frequent pairs. */
import { element } from '../kit/dom';
import type { Words } from '../kit/strings';
import type { IMerge } from './compute';
import type { Key } from './words';

const DRAWN = 5;

export function countedLines(
  say: Words<Key>,
  merge: IMerge | undefined,
  name: (id: number) => string
): HTMLElement[] {
  const note = (text: string): HTMLElement =>
    element('span', { class: 'nl-all' }, text);
  if (merge === undefined) {
    return [note(say('countedNone'))];
  }
  const { counted, id, times: most } = merge;
  const lines = counted.slice(0, DRAWN).flatMap(({ pair, times }, n) => {
    const bar = element('span', { class: 'nl-count' });
    bar.style.width = `${(100 * times) / most}%`;
    const parts = [
      element(
        'span',
        { class: 'nl-pair' },
        say('pair', name(pair[0]), name(pair[1]))
      ),
      bar,
      element(
        'span',
        { class: 'nl-times' },
        n === 0 ? `${times} ${say('wins')}` : String(times)
      )
    ];
    parts.forEach(part => part.toggleAttribute('data-wins', n === 0));
    return parts;
  });
  const [first, second] = counted;
  const more = counted.length - DRAWN;
  return [
    note(say('counted', id - 255)),
    ...lines,
    ...(first && first.times === second?.times
      ? [note(say('draw', first.pair[0], first.pair[1]))]
      : []),
    ...(more > 0 ? [note(more === 1 ? say('restOne') : say('rest', more))] : [])
  ];
}
