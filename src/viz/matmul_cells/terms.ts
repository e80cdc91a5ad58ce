/** The sum behind a cell: a line for each pair that is multiplied, and what it comes to. */
import { element } from '../kit/dom';
import { factor, fixed } from '../kit/format';
import type { Words } from '../kit/strings';
import type { ISummand } from './compute';
import type { STRINGS } from './words';

/** Whole numbers as they are, others with two digits. */
export function number(value: number): string {
  return fixed(value, Number.isInteger(value) ? 0 : 2);
}

/** 2 × 2 + 0 × 1 + 1 × 3 */
export function sumText(terms: readonly ISummand[]): string {
  return terms.map(({ x, w }) => `${times(x)} × ${times(w)}`).join(' + ');
}

export function termsView(say: Words<keyof typeof STRINGS>): {
  node: HTMLElement;
  /** `shown` of the terms are added up; the last of them is the one in view. */
  show(
    terms: readonly ISummand[],
    names: readonly string[],
    shown: number,
    all: boolean
  ): void;
} {
  const node = element('ul', { class: 'nl-terms' });
  return {
    node,
    show(terms, names, shown, all) {
      node.replaceChildren(
        ...terms.map(({ x, w, product, sum }, k) => {
          const line = element(
            'li',
            {},
            element(
              'span',
              {},
              say('term', names[k] ?? k, times(x), times(w), number(product))
            ),
            element('span', {}, say('sum', number(sum)))
          );
          line.dataset.state =
            k >= shown ? 'later' : !all && k === shown - 1 ? 'now' : 'done';
          return line;
        })
      );
    }
  };
}

function times(value: number): string {
  return factor(value, Number.isInteger(value) ? 0 : 2);
}
