/** What is said about a layout: its shape, its product, where a number stands. */
import { element } from '../kit/dom';
import type { Words } from '../kit/strings';
import { type ILayout, indexOf } from './compute';
import type { STRINGS } from './words';

type Say = Words<keyof typeof STRINGS>;

/** The names of the steps, and what each does. */
export const STEPS = ['step0', 'step1', 'step2', 'step3', 'step4'] as const;
export const SAYS = ['says0', 'says1', 'says2', 'says3', 'says4'] as const;

export function shapeText({ axes, sizes }: ILayout): string {
  return `(${axes.join(', ')}) = (${sizes.join(', ')})`;
}

export function productText(say: Say, { sizes, count }: ILayout): string {
  return sizes.length === 1
    ? say('one', count)
    : say('product', sizes.join(' × '), count);
}

/** Index and place of a number: at this step and, from view on, at the steps before it. */
export function explained(
  say: Say,
  layouts: readonly ILayout[],
  place: number
): HTMLElement[] {
  const now = layouts[layouts.length - 1] as ILayout;
  const rows = layouts.slice(Math.min(2, layouts.length - 1)).map(layout => {
    const index = indexOf(layout, place);
    return say(
      'howRow',
      layout.axes.join(', '),
      index.join(', '),
      index.map((n, i) => `${n} × ${layout.strides[i]}`).join(' + '),
      place
    );
  });
  const strides = now.axes.map((axis, i) => `${axis} ${now.strides[i]}`);
  return [
    ...[say('how', place), ...rows].map(text => element('p', {}, text)),
    element('p', { class: 'nl-small' }, say('strides', strides.join(', ')))
  ];
}

export function rows(
  say: Say,
  layouts: readonly ILayout[],
  place: number
): string[][] {
  return layouts.map((layout, n) => [
    say(STEPS[n] as (typeof STEPS)[number]),
    shapeText(layout),
    String(layout.count),
    layout.strides.join(', '),
    place < layout.count ? `[${indexOf(layout, place).join(', ')}]` : '–'
  ]);
}
