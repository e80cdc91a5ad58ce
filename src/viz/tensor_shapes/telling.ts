/** What is said about a layout: its shape, its product, where a number stands. */
import { element } from '../kit/dom';
import type { IFocus } from '../kit/focus';
import type { Words } from '../kit/strings';
import { type ILayout, indexOf, type ISizes } from './compute';
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
    // along a single direction there is nothing to multiply
    ...(layouts.length > 1
      ? [
          element(
            'p',
            { class: 'nl-small' },
            say('strides', strides.join(', '))
          )
        ]
      : [])
  ];
}

/**
 * The place in memory that is pointed at; null when it is not in this drawing. A row is a
 * text here and a column a number of a token; where those of another picture do not fit,
 * the first one stands for it.
 */
export function pointedAt(
  { B, T, C, H }: ISizes,
  { row = 0, token = -1, column = 0, head }: IFocus
): number | null {
  if (token < 0 || token >= T) {
    return null;
  }
  const text = row >= 0 && row < B ? row : 0;
  const D = C / H;
  const cut =
    head !== undefined && head >= 0 && head < H && Number.isInteger(D);
  const first = cut ? head * D : 0;
  const last = cut ? first + D : C;
  const number = column >= first && column < last ? column : first;
  return (text * T + token) * C + number;
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
