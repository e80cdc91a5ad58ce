/** The formula beside the way that every library takes: where the first one breaks. */
import { element } from '../kit/dom';
import { fixed, percent, short } from '../kit/format';
import type { Words } from '../kit/strings';
import type { ISoftmax, IWay } from './compute';
import type { STRINGS } from './words';

type Say = Words<keyof typeof STRINGS>;

export function waysView(say: Say): {
  node: HTMLElement;
  show(now: ISoftmax): void;
} {
  const table = element('table', {
    tabindex: '0',
    'aria-label': say('twoWays')
  });
  const verdict = element('p', {
    'aria-live': 'polite',
    'data-not-a-number': '' // it speaks of NaN when there is one
  });
  return {
    node: element(
      'div',
      { class: 'nl-ways' },
      element('p', { class: 'nl-row-name' }, say('twoWays')),
      table,
      verdict
    ),
    show(now) {
      const at = now.scores.indexOf(now.largest);
      const row = (name: string, tell: (way: IWay) => string): HTMLElement =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, name),
          cell(tell(now.plain)),
          cell(tell(now.safe))
        );
      table.replaceChildren(
        element(
          'tr',
          {},
          element('td', {}),
          element('th', { scope: 'col' }, say('plain')),
          element('th', { scope: 'col' }, say('safe'))
        ),
        row(say('powerOf'), way => short(way.powers[at] as number)),
        row(say('sum'), way => short(way.total)),
        row(say('largestShare'), way => share(way.shares[at] as number))
      );
      const told = say(judged(now));
      if (verdict.textContent !== told) {
        verdict.textContent = told; // said once, not at every step
      }
    }
  };
}

/** What became of the formula. */
export function judged({
  plain,
  safe
}: ISoftmax): 'works' | 'tooLarge' | 'tooLargeLater' | 'tooSmall' | 'blurred' {
  if (plain.powers.includes(Infinity)) {
    return 'tooLarge';
  }
  if (plain.total === Infinity) {
    return 'tooLargeLater';
  }
  if (plain.total === 0) {
    return 'tooSmall';
  }
  const off = plain.shares.map((share, i) =>
    Math.abs(share - (safe.shares[i] as number))
  );
  return Math.max(...off) > 1e-5 ? 'blurred' : 'works';
}

/** The one place of this picture that may say NaN, because that is what came out. */
export function share(value: number): string {
  return Number.isNaN(value) ? 'NaN' : percent(value);
}

/** Scores from a thousandth to thousands, without needless zeros. */
export function scoreText(score: number): string {
  const digits = Math.abs(score) < 100 ? 2 : 1;
  return fixed(Number(score.toFixed(digits)), digits).replace(/\.?0+$/, '');
}

function cell(text: string): HTMLElement {
  return element('td', text === 'NaN' ? { 'data-not-a-number': '' } : {}, text);
}
