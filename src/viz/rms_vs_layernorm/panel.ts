/** One list of numbers as bars, with its mean, its root mean square and what is measured. */
import { bars, type IBar, type IBars } from '../kit/bars';
import { element } from '../kit/dom';
import { fixed } from '../kit/format';
import type { Words } from '../kit/strings';
import type { IList } from './compute';
import type { STRINGS } from './words';

type Say = Words<keyof typeof STRINGS>;

export interface IPanel {
  readonly node: HTMLElement;
  show(
    list: IList,
    bars: readonly IBar[],
    chosen: number,
    verdict: string
  ): void;
}

export function panel(
  say: Say,
  title: string,
  count: number,
  options: Parameters<typeof bars>[1]
): IPanel {
  const row: IBars = bars(count, options);
  const band = row.line('nl-rms');
  const line = row.line('nl-mean');
  const mean = element('span', { class: 'nl-key-mean' });
  const rms = element('span', { class: 'nl-key-rms' });
  const length = element('span');
  const told = element('span', { class: 'nl-verdict' });
  return {
    node: element(
      'div',
      { role: 'group', 'aria-label': title },
      element('p', { class: 'nl-row-name' }, title),
      row.node,
      element('div', { class: 'nl-facts' }, mean, rms, length, told)
    ),
    show(list, all, chosen, verdict) {
      row.show(all, chosen);
      band.show(-list.rms, list.rms);
      line.show(list.mean);
      mean.textContent = say('mean', fixed(list.mean));
      rms.textContent = say('rms', fixed(list.rms));
      length.textContent = lengthText(say, list);
      told.textContent = verdict;
    }
  };
}

/** √C is said only where it is true: a list of zeros stays one. */
function lengthText(say: Say, { length, values }: IList): string {
  const root = Math.abs(length - Math.sqrt(values.length)) < 0.005;
  return root
    ? say('lengthRoot', fixed(length), values.length)
    : say('length', fixed(length));
}
