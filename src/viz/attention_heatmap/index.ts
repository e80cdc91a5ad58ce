/**
 * attention_heatmap: pick the word that looks; its row lights up as bars over the words.
 * The mathematics is in compute.ts, the sum behind a cell in sum.ts, the heads in heads.ts,
 * the guesses in questions.ts, the sentences in texts.ts; this file holds the state and
 * shows it.
 */
import { checkbox, element, onKey } from '../kit/dom';
import {
  type IFocus,
  pointable,
  pointableWithin,
  pointing
} from '../kit/focus';
import { percent } from '../kit/format';
import { guesses } from '../kit/guess';
import { heatmap, type ICell } from '../kit/heatmap';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { type Rgb, sequential } from '../kit/scale';
import { words } from '../kit/strings';
import { tokenStrip } from '../kit/strip';
import { dress } from '../kit/theme';
import { liveText, twin } from '../kit/twin';
import {
  compute,
  type IAttention,
  type IAttentionCell,
  largest,
  products
} from './compute';
import example from './example.json';
import { headButtons } from './heads';
import { given } from './inputs';
import meta from './meta.json';
import { type IAsked, questions } from './questions';
import { STYLE } from './style';
import { sumView } from './sum';
import { type IShown, texts } from './texts';
import { STRINGS } from './words';

export { compute, meta };

/** Grey: there is something here, but not to be seen yet. */
const COVERED: Rgb = [128, 128, 128];

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const sent = given(model);
  const { inputs, tokens, recorded } = sent;
  const about = texts(sent, say);
  const name = (place: number): string => tokens[place] ?? '';
  const { heads, queries, keys } = compute(inputs, { head: 0, causal: true });
  /** The first queries may be missing: then rows begin later than columns. */
  const shift = keys - queries;
  const param = params(model, leaving, meta.params, (key, value) =>
    key === 'head'
      ? chooseHead(within(value, heads))
      : choose(most(within(value - shift, queries)))
  );

  let head = within(param('head'), heads);
  let causal = true;
  // Worked out when first needed: with many words that takes a moment.
  const made = new Map<string, IAttention>();
  const attention = (of: number, mask: boolean): IAttention => {
    const key = `${of} ${mask}`;
    const found = made.get(key) ?? compute(inputs, { head: of, causal: mask });
    made.set(key, found);
    return found;
  };
  /** The cell of a row that is shown first: where its word looks most. */
  const most = (row: number, of = head): ICell =>
    at(row, largest(attention(of, causal).cells[row] ?? []));

  let chosen = most(within(param('query') - shift, queries));
  /** What is pointed at, if anything: a cell, a head, or both. */
  let over: ICell | null = null;
  let overHead: number | null = null;
  /** The row that the question asks about; covered until it is answered or picked. */
  let covered: IAsked | null = null;
  const headNow = (): number => overHead ?? head;
  /** `place`, or its word itself where naming the place would answer the question. */
  const untold = (place: ICell): ICell =>
    place.row === covered?.row && headNow() === covered.head
      ? at(place.row, place.row + shift)
      : place;
  const focusOf = ({ row, column }: ICell): IFocus => {
    return { token: row + shift, row, column, head: headNow() };
  };
  const point = pointing(model, leaving, focus => {
    const row = focus?.token === undefined ? focus?.row : focus.token - shift;
    overHead = fits(focus?.head, heads) ? focus.head : null;
    over = !fits(row, queries)
      ? null
      : fits(focus?.column, keys)
        ? at(row, focus.column)
        : untold(most(row, headNow()));
    show();
  });
  const choose = (next: ICell): void => {
    [chosen, over] = [next, null];
    if (next.row === covered?.row && headNow() === covered.head) {
      covered = null;
    }
    show();
  };
  const chooseHead = (next: number): void => {
    [head, overHead] = [next, null];
    show();
  };
  const setCausal = (value: boolean): void => {
    causal = mask.box.checked = value;
    show();
  };

  const headRow = headButtons(
    heads,
    { rows: queries, columns: keys },
    say,
    chooseHead,
    point
  );
  const title = element('p', { class: 'nl-takes' });
  const strip = tokenStrip(
    tokens,
    say('strip'),
    place => choose(most(Math.max(place - shift, 0))),
    point,
    (place, byKey) => focusOf(byKey ? untold(chosen) : at(chosen.row, place))
  );
  const map = heatmap(
    { label: say('map'), rows: tokens.slice(shift), columns: tokens },
    { choose, pointing: point, focus: focusOf }
  );
  map.node.classList.add('nl-hatch');
  const mask = checkbox(say('mask'), setCausal);
  mask.box.disabled = inputs.q === null;
  pointable(mask.node, point, () => ({ concept: 'attention.causal_mask' }));
  pointableWithin(mask.node, point);
  const rule = element('p', { class: 'nl-rule' });
  const sum = sumView(say);
  const live = liveText();
  const table = twin(model);
  let drawn = '';
  mask.box.checked = causal;
  show();

  const asks = questions(say, {
    tokens,
    heads,
    first: recorded
      ? { row: example.asked - shift, head: example.head }
      : { row: queries - 1, head },
    place: row => row + shift,
    shares: asked => attention(asked.head, true).cells[asked.row] ?? [],
    cover(asked) {
      covered = asked;
      head = asked.head;
      show();
    },
    uncover(asked, column) {
      covered = null;
      head = asked.head;
      setCausal(true);
      choose(at(asked.row, column));
    },
    why: asked =>
      recorded && asked.head === example.head
        ? say('why', example.training.next)
        : ''
  });
  root.append(
    element('p', {}, say('intro')),
    ...(asks.length > 0 ? [guesses(model, asks)] : []),
    title,
    strip.node,
    headRow.node,
    element('p', { class: 'nl-counted' }, say('counted')),
    element(
      'div',
      { class: 'nl-both' },
      element(
        'div',
        {},
        map.node,
        legend(say('legend'), say('future')),
        mask.node,
        rule
      ),
      sum.node
    ),
    element('p', { class: 'nl-caption' }, about.caption()),
    live,
    table.node
  );
  onKey(root, 'm', () => {
    if (!mask.box.disabled) {
      setCausal(!causal);
    }
  });

  function colour(from: IAttention, of: number, place: ICell): Rgb | null {
    const found = from.cells[place.row]?.[place.column];
    if (found === undefined || !found.visible) {
      return null;
    }
    const hidden = place.row === covered?.row && of === covered.head;
    return hidden ? COVERED : sequential(found.share);
  }

  function show(): void {
    const now = over ?? untold(chosen);
    const of = headNow();
    const seen = attention(of, causal);
    const hidden = covered?.head === of ? covered.row : null;
    const shown: IShown = {
      attention: seen,
      head: of,
      causal,
      covered: hidden
    };
    title.textContent = about.title(shown, now.row);
    strip.show(about.chips(shown, now.row), now.row + shift, now.column);
    map.show(
      (row, column) => colour(seen, of, at(row, column)),
      now,
      tokens.slice(shift).map((_, n) => (n === hidden ? '?' : ''))
    );
    rule.textContent = about.rule(shown, now.row);
    live.textContent = about.live(shown, now);
    sum.show({
      cell: seen.cells[now.row]?.[now.column] as IAttentionCell,
      terms: products(inputs, of, now.row, now.column),
      scale: inputs.scale,
      from: name(now.row + shift),
      to: name(now.column),
      hidden: about.hidden(shown, now)
    });
    // What follows does not hang on the cell: with many words it is worth not to repeat it.
    const key = `${head} ${of} ${causal} ${covered?.row} ${covered?.head}`;
    if (key !== drawn) {
      drawn = key;
      headRow.show(head, (n, row, column) =>
        colour(attention(n, causal), n, at(row, column))
      );
      table.show([say('looks'), ...tokens], () => rows(seen, hidden));
    }
  }

  function rows({ cells }: IAttention, hidden: number | null): string[][] {
    return cells.map((row, n) => [
      name(n + shift),
      ...row.map(({ visible, share }) =>
        n === hidden ? '?' : visible ? percent(share, 0) : say('future')
      )
    ]);
  }
}

function legend(share: string, future: string): HTMLElement {
  return element(
    'p',
    { class: 'nl-legend' },
    element('span', {}, `${share} 0% `, element('i'), ' 100%'),
    element('span', {}, element('b', { class: 'nl-hatched' }), ` ${future}`)
  );
}

function at(row: number, column: number): ICell {
  return { row, column };
}

function fits(value: number | undefined, count: number): value is number {
  return value !== undefined && value >= 0 && value < count;
}

function within(value: number, count: number): number {
  return Math.min(Math.max(Math.round(value), 0), count - 1);
}
