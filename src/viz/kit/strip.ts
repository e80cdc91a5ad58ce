/**
 * A text as its tokens in reading order, each one a button. A token may carry a bar and a
 * number above its name. Arrow keys walk; one token at a time is in the tab order.
 */
import { element } from './dom';
import {
  type IFocus,
  type IPointing,
  pointable,
  pointableWithin
} from './focus';
import { walk } from './walk';

export interface IChip {
  /** How full the bar is, 0 to 1; null: hatched. */
  readonly share: number | null;
  /** The number, or what stands in its place. */
  readonly text: string;
  /** The whole in words, for those who do not see the bar. */
  readonly label: string;
  readonly kind?: string;
}

export interface IStrip {
  readonly node: HTMLElement;
  /** `marked` is the token that is pointed at, if any. */
  show(chips: readonly IChip[], chosen: number, marked?: number): void;
}

export function tokenStrip(
  tokens: readonly string[],
  label: string,
  choose: (index: number) => void,
  pointing: IPointing,
  focus: (index: number, byKey: boolean) => IFocus
): IStrip {
  const parts = tokens.map((token, index) => {
    const fill = element('span', { class: 'nl-chip-fill' });
    const bar = element('span', { class: 'nl-chip-bar' }, fill);
    const text = element('span', { class: 'nl-chip-text' });
    const name = element('span', { class: 'nl-chip-name' }, token);
    const node = element(
      'button',
      { type: 'button', class: 'nl-chip', 'data-key': 'ArrowRight' },
      text,
      bar,
      name
    );
    node.addEventListener('click', () => {
      choose(index);
      pointing.onto(focus(index, true));
    });
    pointable(node, pointing, byKey => focus(index, byKey));
    return { node, bar, fill, text };
  });
  walk(
    parts.map(({ node }) => node),
    choose
  );
  const strip = element(
    'div',
    { class: 'nl-strip', role: 'group', 'aria-label': label },
    ...parts.map(({ node }) => node)
  );
  pointableWithin(strip, pointing);
  return {
    node: strip,
    show(chips, chosen, marked) {
      parts.forEach(({ node, bar, fill, text }, index) => {
        const chip = chips[index];
        if (chip === undefined) {
          return;
        }
        fill.style.height = `${100 * (chip.share ?? 0)}%`;
        bar.classList.toggle('nl-hatched', chip.share === null);
        text.textContent = chip.text;
        node.dataset.kind = chip.kind ?? '';
        node.classList.toggle('nl-marked', index === marked);
        node.setAttribute('aria-label', chip.label);
        node.setAttribute('aria-pressed', String(index === chosen));
        node.tabIndex = index === chosen ? 0 : -1;
      });
      // a long text scrolls within the strip; the page stays where it is
      const { offsetTop = 0, offsetHeight = 0 } = parts[chosen]?.node ?? {};
      const { scrollTop, clientHeight } = strip;
      if (
        offsetTop < scrollTop ||
        offsetTop + offsetHeight > scrollTop + clientHeight
      ) {
        strip.scrollTop = offsetTop;
      }
    }
  };
}

export const STRIP_STYLE = `
.nl-strip{display:flex;flex-wrap:wrap;gap:4px;padding:3px;margin:0 -3px;position:relative;max-height:260px;overflow-y:auto}
.nl-chip{flex:0 1 auto;min-width:42px;padding:2px 3px;display:grid;grid-template-rows:1.3em 36px auto;border-color:var(--nl-line);line-height:1.3}
.nl-chip-text{font-size:11px;font-variant-numeric:tabular-nums}
.nl-chip-bar{position:relative;margin:0 4px;border-bottom:1px solid var(--nl-soft)}
.nl-chip-fill{position:absolute;left:0;right:0;bottom:0;background:var(--nl-one)}
.nl-chip-name{white-space:nowrap}
.nl-chip[aria-pressed=true]{border-color:var(--nl-text);box-shadow:inset 0 0 0 1px var(--nl-text);text-shadow:0 0 .7px currentColor}
.nl-chip.nl-marked{border-color:var(--nl-two);box-shadow:inset 0 0 0 1px var(--nl-two)}
`;
