/** The rows as they are filled by now: a cell for each place. */
import { element } from '../kit/dom';
import type { Words } from '../kit/strings';
import { type IPick, nameOf } from './compute';
import type { Key } from './words';

/** Colours come again after so many documents; letters tell them apart. */
export const COLOURS = 4;

export function rowLines(
  say: Words<Key>,
  picks: readonly IPick[],
  slots: number,
  chosen: number
): HTMLElement[] {
  const count = Math.max((picks.at(-1)?.row ?? 0) + 1, 1);
  return Array.from({ length: count }, (_, row) => {
    const places = Array.from({ length: slots }, (__, place) => {
      const pick = picks.find(
        one => one.row === row && place >= one.at && place < one.at + one.tokens
      );
      const cell = element('span', { class: 'nl-place' });
      if (pick !== undefined) {
        const again = pick.kind === 'fills';
        cell.dataset.colour = String(pick.document % COLOURS);
        cell.toggleAttribute('data-begins', place === pick.at);
        cell.toggleAttribute('data-again', again);
        cell.toggleAttribute('data-chosen', pick.document === chosen);
        const name = nameOf(pick.document);
        cell.append(again ? element('b', {}, name) : name);
      }
      return cell;
    });
    const line = element('div', { class: 'nl-places' }, ...places);
    line.style.setProperty('--nl-slots', String(slots));
    return element(
      'div',
      { class: 'nl-row', 'aria-hidden': 'true' },
      element('span', {}, say('row', row + 1)),
      line
    );
  });
}

/** As the note writes it: opened by, then, left over, filled with. */
export function rowTexts(
  say: Words<Key>,
  picks: readonly IPick[],
  slots: number
): string[][] {
  const count = (picks.at(-1)?.row ?? -1) + 1;
  const named = (list: readonly IPick[]): string =>
    list
      .map(({ document, tokens }) => say('docLength', nameOf(document), tokens))
      .join('; ') || '–';
  const lines = Array.from({ length: count }, (_, row) => {
    const all = picks.filter(pick => pick.row === row);
    const of = (kind: IPick['kind']): IPick[] =>
      all.filter(pick => pick.kind === kind);
    const whole = all.filter(({ kind }) => kind !== 'fills');
    const left = slots - whole.reduce((sum, { tokens }) => sum + tokens, 0);
    return [
      String(row + 1),
      named(of('opens')),
      named(of('fits')),
      String(left),
      named(of('fills'))
    ];
  });
  return lines.length ? lines : [['–', '–', '–', '–', '–']];
}
