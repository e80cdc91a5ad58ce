/** The two shapes under each other: a slider for each size, and what becomes of each pair. */
import { element, type ISlider, slider } from '../kit/dom';
import type { Words } from '../kit/strings';
import { AXES, type IBroadcast, type Sizes } from './compute';
import type { STRINGS } from './words';

type Say = Words<keyof typeof STRINGS>;

export function lineup(
  say: Say,
  most: number,
  move: (table: 'first' | 'second', axis: number, size: number) => void
): {
  node: HTMLElement;
  show(first: Sizes, second: Sizes, now: IBroadcast): void;
} {
  const sliders = (table: 'first' | 'second'): ISlider[] =>
    AXES.map((axis, n) =>
      slider(
        { min: axis === 'columns' ? 1 : 0, max: most, step: 1 },
        say('size', say(table), say(axis)),
        size => move(table, n, size)
      )
    );
  const [first, second] = [sliders('first'), sliders('second')];
  const verdicts = AXES.map(() => element('div', { class: 'nl-verdict' }));
  const results = AXES.map(() => element('div', { class: 'nl-size' }));
  const name = (text: string): HTMLElement =>
    element('div', { class: 'nl-line-name' }, text);
  const node = element(
    'div',
    { class: 'nl-lineup', role: 'group', 'aria-label': say('shapes') },
    name(''),
    ...AXES.map(axis => element('div', { class: 'nl-axis-name' }, say(axis))),
    name(say('first')),
    ...first.map(one => one.node),
    name(say('second')),
    ...second.map(one => one.node),
    name(''),
    ...verdicts,
    name(say('result')),
    ...results
  );
  return {
    // the box tells the names how much room there is
    node: element('div', { class: 'nl-room' }, node),
    show(one, two, { axes, fits }) {
      axes.forEach(({ verdict, result }, axis) => {
        const sizes = [one[axis] as number, two[axis] as number] as const;
        [first, second].forEach((row, n) => {
          const size = sizes[n] as number;
          row[axis]?.show(size, size === 0 ? say('none') : String(size));
        });
        const text = verdicts[axis] as HTMLElement;
        text.dataset.verdict = verdict;
        text.textContent = say(`verdict${verdict}`, ...sizes);
        const size = results[axis] as HTMLElement;
        size.textContent = fits && result ? String(result) : say('dash');
      });
    }
  };
}
