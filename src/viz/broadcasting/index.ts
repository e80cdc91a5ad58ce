/**
 * broadcasting: two shapes meet; ghost copies fill what one of them lacks, or a direction
 * breaks. The rule is in compute.ts, where numbers stand in layout.ts, the shapes with
 * their sliders in lineup.ts; this file holds the state and shows it.
 */
import { CELLS, cells } from '../kit/cells';
import { choice } from '../kit/choice';
import { button, checkbox, element, onKey } from '../kit/dom';
import { pointing } from '../kit/focus';
import { whole as wholeNumber } from '../kit/format';
import { guesses } from '../kit/guess';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { words } from '../kit/strings';
import { oneNumber } from '../kit/tensor';
import { dress } from '../kit/theme';
import { liveText, twin } from '../kit/twin';
import {
  compute,
  firstAt,
  type IBroadcast,
  secondAt,
  shapeOf,
  type Sizes,
  whole
} from './compute';
import example from './example.json';
import { gaps, type Index, stretched, table } from './layout';
import { lineup } from './lineup';
import meta from './meta.json';
import { type IPair, PAIRS, PRESETS, same } from './presets';
import { questions } from './questions';
import { STYLE } from './style';
import {
  broken,
  explained,
  product,
  rows,
  shapeText,
  sumText
} from './telling';
import { STRINGS } from './words';

export { compute, meta };

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, CELLS + STYLE);
  const param = params(model, leaving, meta.params, () => set(read()));
  const read = (): IPair => {
    const at = (name: keyof typeof meta.params): number => {
      const { min, max } = meta.params[name];
      return Math.min(Math.max(Math.round(param(name)), min), max);
    };
    return {
      first: [at('sheets1'), at('rows1'), at('columns1')],
      second: [at('sheets2'), at('rows2'), at('columns2')],
      times: at('times') === 1
    };
  };
  const tidy = ({ first, second, times }: IPair): IPair => ({
    first: whole(first),
    second: whole(second),
    times
  });
  let pair = tidy(read());
  let chosen: Index = [0, 0, 0];
  const set = (next: IPair): void => {
    pair = tidy(next);
    show();
  };
  const reset = (): void => {
    chosen = [0, 0, 0];
    set(PAIRS.prices);
  };
  onKey(root, 'r', reset);

  const point = pointing(model, leaving, focus => {
    const place: Index = [
      focus?.head ?? 0,
      focus?.row ?? 0,
      focus?.column ?? 0
    ];
    const { axes } = state();
    const there = place.every(
      (at, n) => at < Math.max(axes[n]?.result ?? 1, 1)
    );
    if (focus?.row !== undefined && there) {
      chosen = place;
      show();
    }
  });
  const presets = choice(
    say('presets'),
    PRESETS.map(name => say(name)),
    n => set(PAIRS[PRESETS[n] ?? 'prices'])
  );
  const shapes = lineup(say, meta.params.rows1.max, (name, axis, size) => {
    const sizes = pair[name].map((old, n) => {
      // a table without rows has no sheets
      const gone = axis === 1 && size === 0 && n === 0;
      return n === axis ? size : gone ? 0 : old;
    }) as unknown as Sizes;
    set({ ...pair, [name]: sizes });
  });
  const times = checkbox(say('times'), checked =>
    set({ ...pair, times: checked })
  );
  const drawn = (['first', 'second', 'result'] as const).map(name => {
    const view = cells(say(name), point);
    const title = element('div', { class: 'nl-title' });
    return { view, title, node: element('div', {}, title, view.node) };
  });
  const [first, second, result] = drawn as unknown as [Drawn, Drawn, Drawn];
  const sign = element('div', { class: 'nl-sign', 'aria-hidden': 'true' });
  const equals = element(
    'div',
    { class: 'nl-sign', 'aria-hidden': 'true' },
    '='
  );
  const how = element('p', { class: 'nl-how' });
  const counts = element('p', { class: 'nl-small' });
  const live = liveText();
  const twinTable = twin(model);

  root.append(
    element('p', {}, say('intro')),
    guesses(model, questions(say, { set, state })),
    presets.node,
    shapes.node,
    element(
      'div',
      { class: 'nl-tables' },
      first.node,
      sign,
      second.node,
      equals,
      result.node
    ),
    how,
    counts,
    element(
      'div',
      { class: 'nl-controls' },
      times.node,
      button(say('reset'), reset)
    ),
    element('p', { class: 'nl-small' }, ourModel()),
    live,
    twinTable.node
  );
  show();

  function state(): IBroadcast {
    return compute(pair, { times: Number(pair.times) });
  }

  function show(): void {
    const now = state();
    const { axes, fits, places } = now;
    presets.show(PRESETS.findIndex(name => same(PAIRS[name], pair)));
    shapes.show(pair.first, pair.second, now);
    times.box.checked = pair.times;
    const inside = chosen.every(
      (at, n) => at < Math.max(axes[n]?.result ?? 1, 1)
    );
    const at: Index = inside ? chosen : [0, 0, 0];
    const lit = fits ? at : null;
    const operand = (to: Drawn, name: 'first' | 'second'): void => {
      const own = pair[name];
      const size = stretched(now, own);
      const valueAt = name === 'first' ? firstAt : secondAt;
      place(to, size);
      to.view.show(
        table(size, own, {
          kind: name === 'first' ? 'one' : 'two',
          chosen: lit,
          value: index => String(valueAt(own, index, Number(pair.times)))
        })
      );
      const full = size.slice(3 - Math.max(shapeOf(own).length, deepest(now)));
      to.title.textContent =
        shapeText(shapeOf(own)) === shapeText(full)
          ? say('tableOf', say(name), shapeText(full))
          : say('as', say(name), shapeText(shapeOf(own)), shapeText(full));
    };
    operand(first, 'first');
    operand(second, 'second');
    sign.textContent = pair.times ? '×' : '+';
    result.node.hidden = equals.hidden = !fits;
    const shape = axes.map(axis => axis.result).filter(size => size > 0);
    if (fits) {
      const size = axes.map(axis =>
        Math.max(axis.result, 1)
      ) as unknown as Index;
      const one = new Map(places.map(spot => [spot.index.join(), spot]));
      place(result, size);
      result.view.show(
        table(size, size, {
          kind: 'result',
          chosen: at,
          value: index => String(one.get(index.join())?.result),
          label: index => sumText(say, pair, now, index)
        })
      );
      result.title.textContent = say(
        'tableOf',
        say('result'),
        shapeText(shape)
      );
    }
    how.classList.toggle('nl-illegal', !fits);
    how.textContent = fits ? explained(say, pair, now, at) : broken(say, now);
    counts.hidden = !fits;
    counts.textContent = say(
      'counts',
      product(shapeOf(pair.first)),
      product(shapeOf(pair.second)),
      places.length
    );
    const [a, b] = [
      shapeText(shapeOf(pair.first)),
      shapeText(shapeOf(pair.second))
    ];
    live.textContent = fits
      ? `${say('liveFits', a, b, shapeText(shape))} ${sumText(say, pair, now, at)}`
      : `${say('liveBreaks', a, b)} ${broken(say, now)}`;
    twinTable.show(
      [say('placeColumn'), say('first'), say('second'), say('result')],
      () => rows(say, pair, now)
    );
  }

  function ourModel(): string {
    const [positions = 0, dials = 0] = example.model.table;
    return say(
      'model',
      oneNumber(model, 'dials', dials),
      wholeNumber(oneNumber(model, 'positions', positions)),
      oneNumber(model, 'heads', example.model.heads)
    );
  }
}

interface Drawn {
  readonly view: ReturnType<typeof cells>;
  readonly title: HTMLElement;
  readonly node: HTMLElement;
}

function place({ view }: Drawn, size: Index): void {
  const { columns, rows } = gaps(size);
  view.node.style.gridTemplateColumns = columns;
  view.node.style.gridTemplateRows = rows;
}

/** How many directions the larger of the two has. */
function deepest({ axes }: IBroadcast): number {
  return axes.filter(({ verdict }) => verdict !== 'missing').length;
}
