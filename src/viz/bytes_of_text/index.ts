/**
 * bytes_of_text: type any text and see it at four levels, character, code point, bytes, ids.
 * The levels are in compute.ts, the drawing in levels.ts; this file holds the state and shows it.
 */
import { readable, shippedVocabulary, visible, vocabularyOf } from '../kit/bpe';
import { element } from '../kit/dom';
import { pointing } from '../kit/focus';
import { whole } from '../kit/format';
import { guesses } from '../kit/guess';
import { type IModel, type Leaving, picture } from '../kit/host';
import { shaped } from '../kit/shaped';
import { words } from '../kit/strings';
import { textField } from '../kit/textfield';
import { dress } from '../kit/theme';
import { liveText, twin } from '../kit/twin';
import { compute, type IGlyph, type ILevels, kindOf, sum } from './compute';
import example from './example.json';
import { levelsView } from './levels';
import meta from './meta.json';
import { questions } from './questions';
import { STYLE } from './style';
import { STRINGS } from './words';

export { compute, meta };

/** So much is drawn of a text that a host sends. */
const MOST = 80;

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const sent = shaped(model.get('merges'), 2);
  const vocabulary =
    sent === null ? shippedVocabulary() : vocabularyOf(sent.data);
  const merges = vocabulary.merges.length;
  const given = String(model.get('text') ?? example.start);

  let text = '';
  let complete = true; // whether all of what was given is drawn
  let levels: ILevels = compute({ text, vocabulary });
  let chosen = 0;
  const set = (next: string, first = false): void => {
    const parts = [...new Intl.Segmenter().segment(next)];
    complete = parts.length <= MOST;
    text = parts
      .slice(0, MOST)
      .map(({ segment }) => segment)
      .join('');
    levels = compute({ text, vocabulary });
    // what was typed last
    chosen = first ? 0 : Math.max(levels.glyphs.length - 1, 0);
    field.show(text);
    show();
  };

  const tokenOf = (glyph: number): number =>
    levels.ids.findIndex(({ to }) => to > (levels.glyphs[glyph]?.from ?? 0));
  const point = pointing(model, leaving, focus => {
    const byGlyph = focus?.column !== undefined && levels.glyphs[focus.column];
    const at = byGlyph
      ? (focus.column as number)
      : levels.glyphs.findIndex((_, n) => tokenOf(n) === focus?.token);
    if (at >= 0 && at !== chosen) {
      chosen = at;
      show();
    }
  });
  const field = textField(model, say('field'), example.samples, set);
  const view = levelsView(
    say,
    glyph => {
      chosen = glyph;
      show();
    },
    point,
    glyph => ({ token: tokenOf(glyph), column: glyph })
  );
  const counted = element('p', {});
  const how = element('div', { class: 'nl-how' });
  const live = liveText();
  const table = twin(model);
  root.append(
    element('p', {}, say('intro')),
    guesses(
      model,
      questions(say, {
        draw(next) {
          set(next);
          return levels;
        }
      })
    ),
    field.node,
    counted,
    view.node,
    key(),
    how,
    element(
      'p',
      { class: 'nl-small' },
      say(sent === null ? 'recorded' : 'yours', whole(merges))
    ),
    live,
    table.node
  );
  const observer = new ResizeObserver(() => paint());
  observer.observe(root);
  leaving.add(() => observer.disconnect());
  set(given, true);

  function paint(): void {
    view.show(levels, chosen, (root.clientWidth || meta.size.width) - 8);
  }

  function show(): void {
    paint();
    const { glyphs, points, bytes, ids } = levels;
    const glyph = glyphs[chosen];
    counted.textContent =
      glyph === undefined
        ? say('empty')
        : say(
            'counts',
            several(glyphs.length, 'oneCharacter', 'characters'),
            several(points.length, 'onePoint', 'codePoints'),
            several(bytes.length, 'oneByte', 'byteCount'),
            several(ids.length, 'oneId', 'idCount')
          ) + (complete ? '' : ` ${say('more', MOST)}`);
    how.replaceChildren(
      ...(glyph === undefined ? [] : explained(glyph)).map(line =>
        element('p', {}, line)
      )
    );
    live.textContent =
      glyph === undefined
        ? say('empty')
        : say(
            'live',
            text,
            chosen + 1,
            glyphs.length,
            glyph.text,
            bytesOf(glyph).join(', '),
            idsOf(glyph)
              .map(({ value }) => value)
              .join(', ')
          );
    table.show([say('glyphs'), say('points'), say('kind'), say('ids')], () =>
      glyphs.map(one => [
        visible(one.text),
        pointsOf(one)
          .map(({ value }) => whole(value))
          .join(' '),
        bytesOf(one).join(' '),
        idsOf(one)
          .map(({ value }) => value)
          .join(' ')
      ])
    );
  }

  /** A code point alone: an accent on a dotted circle, in words what cannot be seen. */
  function pointName(point: number): string {
    const one = String.fromCodePoint(point);
    return /\p{Mn}/u.test(one)
      ? `◌${one}`
      : /[\p{Cf}\p{Cc}\p{Co}\p{Cn}]/u.test(one)
        ? say('invisible')
        : visible(one);
  }

  function explained(glyph: IGlyph): string[] {
    const all = pointsOf(glyph);
    const lines = all.map(({ value, from, to }) => {
      const bytes = levels.bytes.slice(from, to).map(byte => byte.value);
      const name = pointName(value);
      return bytes.length === 1
        ? say('how1', name, whole(value))
        : say('how', name, whole(value), bytes.length, sum(bytes));
    });
    const inside = idsOf(glyph).map(({ value }) =>
      vocabulary.bytes(value).length > 1
        ? say('idInside', value, readable(vocabulary.bytes(value)))
        : String(value)
    );
    return [
      ...(all.length > 1 ? [say('several', all.length)] : []),
      ...lines,
      say('idsAre', inside.join(', '))
    ];
  }

  function pointsOf({ from, to }: IGlyph) {
    return levels.points.filter(one => one.from >= from && one.to <= to);
  }

  function bytesOf({ from, to }: IGlyph): number[] {
    return levels.bytes.slice(from, to).map(({ value }) => value);
  }

  function idsOf({ from, to }: IGlyph) {
    return levels.ids.filter(id => id.from < to && id.to > from);
  }

  function several(
    count: number,
    one: 'oneCharacter' | 'onePoint' | 'oneByte' | 'oneId',
    many: 'characters' | 'codePoints' | 'byteCount' | 'idCount'
  ): string {
    return count === 1 ? say(one) : say(many, count);
  }

  function key(): HTMLElement {
    const kinds = [97, 195, 169].map(kindOf);
    return element(
      'p',
      { class: 'nl-key' },
      ...kinds.map(kind =>
        element(
          'span',
          {},
          element('i', { class: 'nl-part', 'data-kind': kind }),
          say(kind)
        )
      )
    );
  }
}
