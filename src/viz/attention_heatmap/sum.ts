/** The sum behind one cell: the products, their total, the scale, and the share. */
import { element } from '../kit/dom';
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
  /** Why there is no share, where there is none. */
  readonly hidden: string;
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
      const { cell, terms, from, to, hidden } = summed;
      const title = element(
        'p',
        { class: 'nl-terms-title' },
        say('asks', from, to)
      );
      if (terms.length === 0) {
        node.replaceChildren(title, element('p', {}, say('patternOnly')));
      } else if (!cell.visible) {
        node.replaceChildren(title, element('p', {}, hidden));
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
    return td(two(value), element('span', { class: 'nl-term' }, bar));
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
        element('th', { scope: 'row' }, String(n + 1)),
        td(two(q)),
        td(two(k)),
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
          td(two(rest))
        )
      : null,
    element(
      'tr',
      { class: 'nl-total' },
      element('th', { scope: 'row', colspan: '3' }, say('total')),
      td(two(cell.dot))
    )
  );
}

function steps({ cell, scale, from }: ISummed, say: Words<Key>): HTMLElement[] {
  const power = Math.exp(cell.score);
  const whole = power / cell.share;
  return [
    say('scaled', two(cell.dot), three(scale), two(cell.score)),
    say('power', two(cell.score), three(power)),
    say('whole', from, three(whole)),
    say('divided', three(power), three(whole), percent(cell.share))
  ].map(text => element('p', { class: 'nl-step' }, text));
}

/** Whole percent; what is more than nothing never reads 0. */
export function percent(share: number): string {
  const rounded = Math.round(100 * share);
  return rounded === 0 && share > 0 ? '<1%' : `${rounded}%`;
}

function two(value: number): string {
  return value
    .toFixed(2)
    .replace(/^-(?=0\.00$)/, '')
    .replace('-', '−');
}

/** With commas between thousands. */
function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** Three digits that count, without an exponent. */
function three(value: number): string {
  return value >= 100 ? whole(value) : String(Number(value.toPrecision(3)));
}
