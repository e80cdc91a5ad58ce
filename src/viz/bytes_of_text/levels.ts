/** The four levels drawn over each other: a column is a byte, and each part spans its bytes. */
import { readable, visible } from '../kit/bpe';
import { element } from '../kit/dom';
import {
  type IFocus,
  type IPointing,
  pointable,
  pointableWithin
} from '../kit/focus';
import { whole } from '../kit/format';
import type { Words } from '../kit/strings';
import { breaks, type ILevels, type ISpan, kindOf } from './compute';
import type { Key } from './words';

/** Pixels for the names of the levels, and for a byte at least. */
const NAMES = 66;
const LEAST = 31;

export interface ILevelsView {
  readonly node: HTMLElement;
  show(levels: ILevels, chosen: number, width: number): void;
}

export function levelsView(
  say: Words<Key>,
  choose: (glyph: number) => void,
  pointing: IPointing,
  focus: (glyph: number) => IFocus
): ILevelsView {
  const node = element('div', { role: 'group', 'aria-label': say('glyphs') });
  pointableWithin(node, pointing);
  return {
    node,
    show(levels, chosen, width) {
      const { glyphs, points, bytes, ids } = levels;
      const room = Math.max(Math.floor((width - NAMES) / LEAST), 4);
      const begins = breaks(levels, room);
      const lit = glyphs[chosen] ?? { from: -1, to: -1 };
      const held = node.contains(document.activeElement);
      const buttons: HTMLButtonElement[] = [];
      const go = (glyph: number): void => {
        choose(glyph);
        node.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
      };
      const glyphButton = (text: string, glyph: number): HTMLElement => {
        const part = element(
          'button',
          {
            type: 'button',
            class: 'nl-part nl-glyph',
            'data-key': 'ArrowRight',
            'aria-pressed': String(glyph === chosen),
            tabindex: glyph === chosen ? '0' : '-1'
          },
          visible(text)
        );
        part.addEventListener('click', () => go(glyph));
        part.addEventListener('keydown', event => {
          const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
          if (step !== undefined) {
            event.preventDefault();
            go((glyph + step + glyphs.length) % glyphs.length);
          }
        });
        pointable(part, pointing, () => focus(glyph));
        buttons.push(part);
        return part;
      };
      const lines = begins.map((begin, line) => {
        const end = Math.min(begins[line + 1] ?? bytes.length, bytes.length);
        const row = <T extends ISpan>(
          place: number,
          list: readonly T[],
          make: (one: T, n: number) => HTMLElement
        ): HTMLElement[] =>
          list.flatMap((one, n) => {
            if (one.from >= end || one.to <= begin) {
              return [];
            }
            const part = make(one, n);
            const from = Math.max(one.from, begin);
            const to = Math.min(one.to, end);
            part.style.gridRow = String(place);
            part.style.gridColumn = `${from - begin + 2} / ${to - begin + 2}`;
            const cut = [one.from < begin, one.to > end];
            if (cut[0] || cut[1]) {
              part.dataset.cut =
                cut[0] && cut[1] ? 'both' : cut[0] ? 'before' : 'after';
            }
            part.toggleAttribute(
              'data-lit',
              one.from < lit.to && one.to > lit.from
            );
            return [part];
          });
        const plain = (kind: string, ...inside: Array<string | Node>) =>
          element('span', { class: 'nl-part', 'data-kind': kind }, ...inside);
        const names = (['glyphs', 'points', 'bytes', 'ids'] as const).map(
          (name, n) => {
            const text = element('span', { class: 'nl-name' }, say(name));
            text.style.gridRow = String(n + 1);
            return text;
          }
        );
        const level = element(
          'div',
          { class: 'nl-level' },
          ...names,
          ...row(1, glyphs, ({ text, from }, n) =>
            from >= begin ? glyphButton(text, n) : plain('again', visible(text))
          ),
          ...row(2, points, ({ value }) => plain('point', whole(value))),
          ...row(3, bytes, ({ value }) => plain(kindOf(value), String(value))),
          ...row(4, ids, ({ value, from, to }) =>
            plain(
              'id',
              String(value),
              element(
                'small',
                {},
                spelled(bytes.slice(from, to).map(byte => byte.value))
              )
            )
          )
        );
        level.style.setProperty('--nl-room', String(Math.min(room, 14)));
        return level;
      });
      node.replaceChildren(...lines);
      if (held) {
        buttons.find(part => part.tabIndex === 0)?.focus();
      }
    }
  };
}

/** The text of a token; a lone byte of a longer character has none. */
function spelled(bytes: readonly number[]): string {
  const text = readable(bytes);
  return bytes.length === 1 && text.startsWith('[') && text.length > 1
    ? '\u00a0'
    : text;
}
