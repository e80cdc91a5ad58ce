/**
 * attention_heatmap: pick the word that looks; its row lights up as bars over the words.
 * The mathematics is in compute.ts, the sum behind a cell in sum.ts, the heads in heads.ts,
 * the guess in question.ts; this file holds the state and shows it.
 */
import { element } from '../kit/dom';
import { followFocus, type IFocus, point } from '../kit/focus';
import { heatmap, type ICell } from '../kit/heatmap';
import { type IModel, picture } from '../kit/host';
import { type Rgb, sequential } from '../kit/scale';
import { words } from '../kit/strings';
import { tokenStrip } from '../kit/strip';
import { numbers } from '../kit/tensor';
import { dress } from '../kit/theme';
import {
  compute,
  type IAttention,
  type IAttentionCell,
  largest,
  products
} from './compute';
import example from './example.json';
import { headButtons } from './heads';
import { given, NAMES } from './inputs';
import meta from './meta.json';
import { ask } from './question';
import { STYLE } from './style';
import { sumView } from './sum';
import { shareTable } from './table';
import { type IShown, texts } from './texts';
import { STRINGS } from './words';

export { compute, meta };

/** Grey: there is something here, but not to be seen yet. */
const COVERED: Rgb = [128, 128, 128];

type Light = (focus: IFocus | null) => void;

export default picture((model, root, leaving) => {
  dress(model, root, leaving, STYLE);
  const body = element('div');
  root.append(body);
  // Other numbers may mean other words and other heads, so all is drawn anew. They may come
  // one after the other: until they fit together, the sentence of the error stands here.
  const begin = (): Light => {
    body.replaceChildren();
    try {
      return draw(model, body);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      body.replaceChildren(element('p', { role: 'status' }, text));
      return () => undefined;
    }
  };
  let light = begin();
  NAMES.forEach(name =>
    leaving.watch(model, `change:${name}`, () => {
      light = begin();
    })
  );
  followFocus(model, leaving, focus => light(focus));
});

function draw(model: IModel, body: HTMLElement): Light {
  const say = words(STRINGS, model);
  const sent = given(model);
  const { inputs, tokens, recorded } = sent;
  const about = texts(sent, say);
  const name = (place: number): string => tokens[place] ?? '';
  const { heads, queries, keys } = compute(inputs, { head: 0, causal: true });
  /** The first queries may be missing: then rows begin later than columns. */
  const shift = keys - queries;
  const number = (key: 'head' | 'query', otherwise: number): number =>
    numbers(model.get(key), [otherwise])[0] as number;

  let head = clamp(number('head', meta.params.head.default), heads);
  let causal = true;
  const start = clamp(
    number('query', meta.params.query.default) - shift,
    queries
  );
  let chosen: ICell = at(start, start + shift);
  let over: ICell | null = null;
  /** The row that the question asks about; covered until it is answered or looked at. */
  let asked = recorded ? example.asked - shift : queries - 1;
  let covered: number | null = null;

  // Worked out when first needed: with many words that takes a moment.
  const made = new Map<string, IAttention>();
  const attention = (of: number, mask: boolean): IAttention => {
    const key = `${of} ${mask}`;
    const found = made.get(key) ?? compute(inputs, { head: of, causal: mask });
    made.set(key, found);
    return found;
  };
  const cell = (): ICell => over ?? chosen;
  /** The cell of a row that is shown first: where its word looks most. */
  const most = (row: number): ICell =>
    at(row, largest(attention(head, causal).cells[row] ?? []));

  const choose = (next: ICell): void => {
    [chosen, over] = [next, null];
    if (next.row === covered) {
      covered = null;
    }
    tell();
  };
  const hover = (next: ICell | null): void => {
    const hidden = next !== null && next.row === covered;
    if (!hidden && !same(next, over)) {
      over = next;
      tell();
    }
  };
  const chooseHead = (next: number): void => {
    head = next;
    if (waiting) {
      pose(); // it asks about this head
    }
    tell();
  };
  const setCausal = (value: boolean): void => {
    causal = mask.checked = value;
    show();
  };

  const question = element('div', { class: 'nl-question' });
  const size = { rows: queries, columns: keys };
  const headRow = headButtons(heads, size, say, chooseHead);
  const strip = tokenStrip(
    tokens,
    say('strip'),
    place => choose(most(Math.max(place - shift, 0))),
    place => hover(place === null ? null : at(chosen.row, place))
  );
  const map = heatmap(
    { label: say('map'), rows: tokens.slice(shift), columns: tokens },
    { over: hover, choose }
  );
  map.node.classList.add('nl-hatch');
  const mask = element('input', { type: 'checkbox' });
  mask.disabled = inputs.q === null;
  mask.addEventListener('change', () => setCausal(mask.checked));
  const rule = element('p', { class: 'nl-rule' });
  const sum = sumView(say);
  const live = element('p', { class: 'nl-live', role: 'status' });
  // it may scroll sideways, so a keyboard must reach it
  const table = element('table', { tabindex: '0', 'aria-label': say('table') });
  const details = element(
    'details',
    {},
    element('summary', {}, say('table')),
    table
  );
  details.addEventListener('toggle', show);
  let drawn = '';

  const section = element(
    'section',
    {},
    element('p', {}, say('intro')),
    question,
    strip.node,
    headRow.node,
    element(
      'div',
      { class: 'nl-both' },
      element(
        'div',
        {},
        map.node,
        legend(say('legend'), say('future')),
        element('label', { class: 'nl-mask' }, mask, say('mask')),
        rule
      ),
      sum.node
    ),
    element('p', { class: 'nl-caption' }, about.caption()),
    live,
    details
  );
  section.addEventListener('keydown', event => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === 'm' && plain && !mask.disabled) {
      setCausal(!causal);
    }
  });
  body.append(section);

  let waiting = true;
  const pose = (): void => {
    ask(question, say, {
      asked: asked + shift,
      head,
      tokens,
      row: () => attention(head, true).cells[asked] ?? [],
      answered(right) {
        waiting = false;
        covered = null;
        setCausal(true);
        choose(at(asked, right));
      },
      why: () =>
        recorded && asked === example.asked && head === example.head
          ? say('why', example.training.next)
          : '',
      again() {
        asked = asked > 2 ? asked - 1 : queries - 1;
        waiting = true;
        covered = asked;
        pose();
        show();
      }
    });
  };
  if (asked + shift < 1) {
    question.remove(); // a single word has none before it
  } else {
    covered = asked;
    pose();
  }
  chosen = most(start);
  setCausal(true);
  return focus => {
    const row = focus?.row ?? (focus?.token ?? NaN) - shift;
    const next = at(
      clamp(Number.isNaN(row) ? chosen.row : row, queries),
      clamp(focus?.column ?? chosen.column, keys)
    );
    const nextHead = clamp(focus?.head ?? head, heads);
    if (focus !== null && (!same(next, cell()) || nextHead !== head)) {
      [chosen, over, head] = [next, null, nextHead];
      covered = next.row === covered ? null : covered;
      show();
    }
  };

  /** Show, and tell the host what is pointed at. */
  function tell(): void {
    show();
    const { row, column } = cell();
    point(model, { token: row + shift, row, column, head });
  }

  function colour(from: IAttention, place: ICell): Rgb | null {
    const found = from.cells[place.row]?.[place.column];
    if (found === undefined || !found.visible) {
      return null;
    }
    return place.row === covered ? COVERED : sequential(found.share);
  }

  function show(): void {
    const now = cell();
    const seen = attention(head, causal);
    const shown: IShown = { attention: seen, head, causal, covered };
    strip.show(about.chips(shown, now.row), now.row + shift, now.column);
    map.show((row, column) => colour(seen, at(row, column)), now, marks());
    rule.textContent = about.rule(shown, now.row);
    live.textContent = about.live(shown, now);
    sum.show({
      cell: seen.cells[now.row]?.[now.column] as IAttentionCell,
      terms: products(inputs, head, now.row, now.column),
      scale: inputs.scale,
      from: name(now.row + shift),
      to: name(now.column),
      hidden: about.hidden(shown, now)
    });
    // What follows does not hang on the cell: with many words it is worth not to repeat it.
    const key = `${head} ${causal} ${covered} ${details.open}`;
    if (key !== drawn) {
      drawn = key;
      headRow.show(head, (n, row, column) =>
        colour(attention(n, causal), at(row, column))
      );
      table.replaceChildren(
        ...(details.open ? shareTable(seen, tokens, covered, say) : [])
      );
    }
  }

  /** A question mark at the end of the covered row. */
  function marks(): string[] {
    return Array.from({ length: queries }, (_, n) =>
      n === covered ? '?' : ''
    );
  }
}

function legend(share: string, future: string): HTMLElement {
  return element(
    'p',
    { class: 'nl-legend' },
    `${share} 0%`,
    element('i'),
    '100%',
    element('b', { class: 'nl-hatched' }),
    future
  );
}

function at(row: number, column: number): ICell {
  return { row, column };
}

function same(a: ICell | null, b: ICell | null): boolean {
  return a?.row === b?.row && a?.column === b?.column;
}

function clamp(value: number, count: number): number {
  return Math.min(Math.max(Math.round(value), 0), count - 1);
}
