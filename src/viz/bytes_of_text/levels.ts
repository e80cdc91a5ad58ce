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
import { walk } from '../kit/walk';
import { breaks, type ILevels, type ISpan, kindOf } from './compute';
import type { Key } from './words';

/** Pixels for the names of the levels, and for a byte at least. */
const NAMES = 66;
const LEAST = 31;
/** The place of the code points among the levels. */
const POINTS = 2;
/** More bytes never stand in a line. */
const MOST = 14;

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
  let drawn: ILevels | null = null;
  let room = 0;
  let parts: Array<{ part: HTMLElement; span: ISpan }> = [];
  let glyphParts: HTMLElement[] = [];

  const glyphPart = (text: string, glyph: number): HTMLElement => {
    const part = element(
      'button',
      { type: 'button', class: 'nl-part nl-glyph', 'data-key': 'ArrowRight' },
      visible(text)
    );
    part.addEventListener('click', () => choose(glyph));
    pointable(part, pointing, () => focus(glyph));
    glyphParts.push(part);
    return part;
  };
  const plain = (kind: string, ...inside: Array<string | Node>): HTMLElement =>
    element('span', { class: 'nl-part', 'data-kind': kind }, ...inside);

  /** One line of all four levels, from one byte up to before another. */
  const line = (levels: ILevels, begin: number, end: number): HTMLElement => {
    const { glyphs, points, bytes, ids } = levels;
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
        const from = Math.max(one.from, begin) - begin + 2;
        const to = Math.min(one.to, end) - begin + 2;
        part.style.gridRow = String(place);
        part.style.gridColumn = `${from} / ${to}`;
        const [before, after] = [one.from < begin, one.to > end];
        if (before || after) {
          // in the smaller piece of a code point there is no room for its number
          if (place === POINTS && (to - from) * 2 <= one.to - one.from) {
            part.textContent = '…';
          }
          part.dataset.cut =
            before && after ? 'both' : before ? 'before' : 'after';
        }
        parts.push({ part, span: one });
        return [part];
      });
    const names = (['glyphs', 'points', 'bytes', 'ids'] as const).map(
      (name, n) => {
        const text = element('span', { class: 'nl-name' }, say(name));
        text.style.gridRow = String(n + 1);
        return text;
      }
    );
    return element(
      'div',
      { class: 'nl-level' },
      ...names,
      ...row(1, glyphs, ({ text, from }, n) =>
        from >= begin ? glyphPart(text, n) : plain('again', visible(text))
      ),
      ...row(POINTS, points, ({ value }) => plain('point', whole(value))),
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
  };

  return {
    node,
    show(levels, chosen, width) {
      const fits = Math.floor((width - NAMES) / LEAST);
      const now = Math.min(Math.max(fits, 4), MOST);
      if (levels !== drawn || now !== room) {
        [drawn, room, parts, glyphParts] = [levels, now, [], []];
        const begins = breaks(levels, room);
        node.style.setProperty('--nl-room', String(room));
        node.replaceChildren(
          ...begins.map((begin, n) =>
            line(levels, begin, begins[n + 1] ?? levels.bytes.length)
          )
        );
        walk(glyphParts, choose);
      }
      const lit = levels.glyphs[chosen] ?? { from: -1, to: -1 };
      parts.forEach(({ part, span }) =>
        part.toggleAttribute(
          'data-lit',
          span.from < lit.to && span.to > lit.from
        )
      );
      glyphParts.forEach((part, n) => {
        part.setAttribute('aria-pressed', String(n === chosen));
        part.tabIndex = n === chosen ? 0 : -1;
      });
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
