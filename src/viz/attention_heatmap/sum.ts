/** The sum behind one cell: the products, their total, the scale, and the share. */
import { element } from '../kit/dom';
import { fixed, percent, short } from '../kit/format';
import type { Words } from '../kit/strings';
import type { IAttentionCell } from './compute';
import type { Key } from './words';

/** So many products are written out; of more, the largest ones. */
const WRITTEN = 8;

export interface ISummed {
  readonly cell: IAttentionCell;
  readonly terms: ReadonlyArray<{ q: number; k: number; product: number }>;
  readonly scale: number;
  /** The texts of the word that looks and of the word looked at. */
  readonly from: string;
  readonly to: string;
  /** Why there is no share to see, where there is none. */
  readonly hidden: string | null;
}

export function sumView(say: Words<Key>): {
  node: HTMLElement;
  show(summed: ISummed): void;
} {
  const node = element('section', {
    class: 'nl-terms',
    'aria-label': say('sum')
  });
  return {
    node,
    show(summed) {
      const { terms, from, to, hidden } = summed;
      const title = element(
        'p',
        { class: 'nl-terms-title' },
        say('asks', from, to)
      );
      if (hidden !== null) {
        node.replaceChildren(title, element('p', {}, hidden));
      } else if (terms.length === 0) {
        node.replaceChildren(title, element('p', {}, say('patternOnly')));
      } else {
        node.replaceChildren(
          title,
          element('p', {}, say('pairs', from, to)),
          table(summed, say),
          ...steps(summed, say)
        );
      }
    }
  };
}

function table(
  { terms, cell, from, to }: ISummed,
  say: Words<Key>
): HTMLElement {
  const largest = Math.max(...terms.map(({ product }) => Math.abs(product)));
  const numbered = terms.map((term, n) => ({ ...term, n }));
  const written =
    terms.length <= WRITTEN
      ? numbered
      : numbered
          .sort((a, b) => Math.abs(b.product) - Math.abs(a.product))
          .slice(0, WRITTEN - 1);
  const rest =
    cell.dot - written.reduce((sum, { product }) => sum + product, 0);
  const td = (...content: Array<string | Node>): HTMLElement =>
    element('td', {}, ...content);
  const product = (value: number): HTMLElement => {
    const bar = element('span', { class: value < 0 ? 'nl-two' : 'nl-one' });
    bar.style.width = `${(50 * Math.abs(value)) / largest}%`;
    return td(fixed(value), element('span', { class: 'nl-term' }, bar));
  };
  const head = [
    say('number'),
    say('query', from),
    say('key', to),
    say('product')
  ];
  return element(
    'table',
    {},
    element(
      'tr',
      {},
      ...head.map(text => element('th', { scope: 'col' }, text))
    ),
    ...written.map(({ n, q, k, product: value }) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, String(n)),
        td(fixed(q)),
        td(fixed(k)),
        product(value)
      )
    ),
    terms.length > WRITTEN
      ? element(
          'tr',
          {},
          element(
            'th',
            { scope: 'row' },
            say('rest', terms.length - written.length)
          ),
          td(),
          td(),
          td(fixed(rest))
        )
      : null,
    element(
      'tr',
      { class: 'nl-total' },
      element('th', { scope: 'row', colspan: '3' }, say('total')),
      td(fixed(cell.dot))
    )
  );
}

function steps({ cell, scale, from }: ISummed, say: Words<Key>): HTMLElement[] {
  const power = Math.exp(cell.score);
  const whole = power / cell.share;
  return [
    say('scaled', fixed(cell.dot), short(scale), fixed(cell.score)),
    say('power', fixed(cell.score), short(power)),
    say('whole', from, short(whole)),
    say('divided', short(power), short(whole), percent(cell.share, 0))
  ].map(text => element('p', { class: 'nl-step' }, text));
}
