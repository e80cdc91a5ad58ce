/**
 * causal_mask: hide later places, hide them badly, or not at all, and see what a word takes.
 * The shares are in compute.ts, the guesses in questions.ts; this file holds the state and
 * shows it.
 */
import { choice } from '../kit/choice';
import { element, onKey } from '../kit/dom';
import { type IFocus, pointing } from '../kit/focus';
import { fixed, percent, short } from '../kit/format';
import { guesses } from '../kit/guess';
import { heatmap, type ICell } from '../kit/heatmap';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { sequential } from '../kit/scale';
import { type IShaped, shaped } from '../kit/shaped';
import { words } from '../kit/strings';
import { tokenStrip } from '../kit/strip';
import { dress } from '../kit/theme';
import { liveText, twin } from '../kit/twin';
import { compute, type IMask, type IMaskCell, sum, WAYS } from './compute';
import example from './example.json';
import meta from './meta.json';
import { questions } from './questions';
import { STYLE } from './style';
import { STRINGS } from './words';

export { compute, meta };

const OPEN = WAYS.indexOf('open');

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const sent = shaped(model.get('scores'), 2);
  const scores = sent ?? (shaped(example.scores, 2) as IShaped);
  const { queries, keys } = compute({ scores }, { mask: 0 });
  const shift = keys - queries;
  const named = sent === null ? example.tokens : model.get('tokens');
  const tokens = Array.from({ length: keys }, (_, n) =>
    Array.isArray(named) ? String(named[n] ?? n) : String(n)
  );
  const name = (place: number): string => tokens[place] ?? '';
  const param = params(model, leaving, meta.params, (key, value) =>
    key === 'mask' ? setWay(value) : choose(startOf(value))
  );
  const within = (value: number, count: number): number =>
    Math.min(Math.max(Math.round(value), 0), count - 1);
  /** Where a look at a row begins: at the word it has to guess. */
  const startOf = (place: number): ICell => {
    const row = within(place - shift, queries);
    return { row, column: Math.min(row + shift + 1, keys - 1) };
  };

  let way = within(param('mask'), WAYS.length);
  let at = startOf(param('query'));
  const focusOf = ({ row, column }: ICell): IFocus => ({
    token: row + shift,
    row,
    column
  });
  const point = pointing(model, leaving, focus => {
    const row = focus?.token === undefined ? focus?.row : focus.token - shift;
    if (row === undefined || row < 0 || row >= queries) {
      return;
    }
    const column = focus?.column ?? -1;
    choose(
      column >= 0 && column < keys ? { row, column } : startOf(row + shift)
    );
  });
  const choose = (next: ICell): void => {
    at = next;
    show();
  };
  const setWay = (next: number): void => {
    way = within(next, WAYS.length);
    show();
  };

  const ways = choice(
    say('ways'),
    WAYS.map(key => say(key)),
    setWay
  );
  const title = element('p', {});
  const strip = tokenStrip(
    tokens,
    say('share'),
    column => choose({ row: at.row, column }),
    point,
    column => focusOf({ row: at.row, column })
  );
  const leak = element('p', { class: 'nl-leak' });
  const map = heatmap(
    { label: say('map'), rows: tokens.slice(shift), columns: tokens },
    { choose, pointing: point, focus: focusOf }
  );
  map.node.classList.add('nl-hatch');
  const pairs = element('p', { class: 'nl-small' });
  const how = element('p', { class: 'nl-how' });
  const live = liveText();
  const table = twin(model);
  // a row with a word after it is asked about
  const asked = startOf(param('query'));
  const asks =
    asked.column > asked.row + shift
      ? questions(say, {
          tokens,
          place: asked.row + shift,
          show(next) {
            at = asked;
            setWay(next);
            return compute({ scores }, { mask: next }).rows[asked.row] ?? [];
          }
        })
      : [];
  root.append(
    element('p', {}, say('intro')),
    ...(asks.length > 0 ? [guesses(model, asks)] : []),
    ways.node,
    title,
    strip.node,
    leak,
    element('p', { class: 'nl-small' }, say('map')),
    map.node,
    element(
      'p',
      { class: 'nl-legend' },
      element('span', {}, `${say('legend')} 0% `, element('i'), ' 100%'),
      element(
        'span',
        {},
        element('b', { class: 'nl-hatched' }),
        ` ${say('later')}`
      )
    ),
    pairs,
    how,
    element(
      'p',
      { class: 'nl-small' },
      say(sent === null ? 'recorded' : 'yours')
    ),
    live,
    table.node
  );
  onKey(root, 'm', () => setWay(way === OPEN ? 0 : OPEN));
  show();

  function show(): void {
    const seen = compute({ scores }, { mask: way });
    const place = at.row + shift;
    const row = seen.rows[at.row] ?? [];
    ways.show(way);
    title.textContent =
      place < keys - 1
        ? say('row', name(place), name(place + 1))
        : say('rowLast', name(place));
    strip.show(
      row.map((cell, n) => ({
        share: cell.used === -Infinity ? null : cell.share,
        text: cell.used === -Infinity ? say('none') : percent(cell.share, 0),
        label:
          cell.used === -Infinity
            ? say('chipHidden', name(n), n)
            : say('chip', name(n), n, percent(cell.share, 0)),
        kind: cell.later ? 'future' : 'past'
      })),
      at.column
    );
    const leaks = seen.leaks[at.row] ?? 0;
    leak.textContent =
      leaks > 0
        ? say('leaks', percent(leaks, 0), name(place))
        : say('tight', name(place));
    leak.toggleAttribute('data-leaks', leaks > 0);
    map.show(
      (r, c) => {
        const cell = seen.rows[r]?.[c];
        return cell === undefined || cell.used === -Infinity
          ? null
          : sequential(cell.share);
      },
      at,
      seen.leaks.map(part => (part > 0 ? say('leak', percent(part, 0)) : ''))
    );
    pairs.textContent = pairsText(seen);
    how.textContent = explained(row);
    live.textContent = say(
      'live',
      say(WAYS[way] as (typeof WAYS)[number]),
      name(place),
      row.map((cell, n) => `${name(n)} ${percent(cell.share, 0)}`).join(', '),
      `${leak.textContent} ${how.textContent}`
    );
    table.show(
      [say('looks'), ...tokens.map((token, n) => `${n} ${token}`)],
      () =>
        seen.rows.map((cells, n) => [
          name(n + shift),
          ...cells.map(cell =>
            cell.used === -Infinity ? say('none') : percent(cell.share, 0)
          )
        ])
    );
  }

  function pairsText({ rows }: IMask): string {
    const all = rows.flat();
    const left = all.filter(({ later }) => !later).length;
    return way === 0
      ? say('pairs', left, all.length)
      : say('pairsOpen', all.length);
  }

  function explained(row: readonly IMaskCell[]): string {
    const cell = row[at.column];
    if (cell === undefined) {
      return '';
    }
    const kind =
      !cell.later || way === OPEN ? 'how' : way === 0 ? 'howHidden' : 'howZero';
    return say(
      kind,
      name(at.row + shift),
      fixed(cell.score, digits(cell.score)),
      name(at.column),
      fixed(cell.used === -Infinity ? 0 : cell.used, digits(cell.used)),
      short(cell.power),
      short(sum(row.map(({ power }) => power))),
      percent(cell.share, 0)
    );
  }
}

/** Whole numbers stay whole. */
function digits(value: number): number {
  return Number.isInteger(value) || !Number.isFinite(value) ? 0 : 2;
}
