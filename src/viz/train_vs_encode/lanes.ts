/** What stands in the two lanes: the list, and the look-ups of the text. */
import { element } from '../kit/dom';
import type { Words } from '../kit/strings';
import type { ILanes, ILook } from './compute';
import type { Key } from './words';

/** The lines of the list that are written by now, the last one marked. */
export function listLines(
  say: Words<Key>,
  { vocabulary }: ILanes,
  written: number,
  fresh: boolean
): HTMLElement[] {
  if (written === 0) {
    return [element('span', {}, say('empty'))];
  }
  return Array.from({ length: written }, (_, n) => {
    const line = element(
      'span',
      {},
      say('entry', 256 + n, vocabulary.name(256 + n))
    );
    line.toggleAttribute('data-new', fresh && n === written - 1);
    return line;
  });
}

/** As the note writes it: pieces, what the pairs would make, the smallest. */
export function looksTable(
  say: Words<Key>,
  looks: readonly ILook[],
  name: (id: number) => string
): HTMLElement {
  const line = (kind: 'th' | 'td', texts: readonly string[]): HTMLElement =>
    element('tr', {}, ...texts.map(text => element(kind, {}, text)));
  return element(
    'table',
    { class: 'nl-looks' },
    line('th', [say('pieces'), say('pairs'), say('smallest')]),
    ...looks.map(look => line('td', lookTexts(say, look, name)))
  );
}

export function lookTexts(
  say: Words<Key>,
  { ids, makes, smallest }: ILook,
  name: (id: number) => string
): string[] {
  const pairs = makes.map((id, n) => {
    const both = name(ids[n] as number) + name(ids[n + 1] as number);
    return id === null ? say('noToken', both) : say('pair', both, id);
  });
  return [
    ids.map(name).join(' '),
    pairs.length ? pairs.join(', ') : say('alone'),
    smallest === null ? say('done') : String(smallest)
  ];
}
