/**
 * dot_product: drag the arrow of a film around the arrow of your taste; products, sum,
 * lengths and angle. The mathematics is in compute.ts, the drawing in stage.ts; this file
 * holds the state and shows it.
 */
import { choice } from '../kit/choice';
import { button, checkbox, element, onKey, slider } from '../kit/dom';
import { pointable, pointableWithin, pointing } from '../kit/focus';
import { factor, fixed } from '../kit/format';
import { guesses } from '../kit/guess';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { PLANE, type Point } from '../kit/plane';
import { words } from '../kit/strings';
import { numbers } from '../kit/tensor';
import { dress } from '../kit/theme';
import { liveText, twin } from '../kit/twin';
import { walk } from '../kit/walk';
import { compute, type IDot, turn, turned } from './compute';
import example from './example.json';
import meta from './meta.json';
import { questions } from './questions';
import { nameStage, stageView } from './stage';
import { STYLE } from './style';
import { STRINGS } from './words';

export { compute, meta };

const PARTS = ['funny', 'scary'] as const;
const LENGTH = { min: 0, max: 6.5, step: 0.1 };
const TURN = { min: -180, max: 180, step: 5 };
/** What the bar of the dot product shows: as far as two arrows of length 6.3 can go. */
const METER = 40;

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, PLANE + STYLE);
  const { x: paramX, y: paramY } = meta.params;
  const param = params(model, leaving, meta.params, (name, value) =>
    name === 'same'
      ? set(film, value === 1)
      : set(name === 'x' ? [value, film[1]] : [film[0], value], same)
  );
  const you = two(numbers(model.get('you'), example.you));
  const given = model.get('film') !== undefined;
  const start: Point = given
    ? two(numbers(model.get('film'), []))
    : [param('x'), param('y')];
  let film = start;
  let same = param('same') === 1;
  let leg: number | null = null;
  const films = example.films.map(one => two(one.film));

  const set = (next: Point, normed: boolean): void => {
    film = next;
    same = normed;
    show();
  };
  /** Ratings end at 6. */
  const rated = ([a, b]: Point): Point => [
    Math.min(Math.max(a, paramX.min), paramX.max),
    Math.min(Math.max(b, paramY.min), paramY.max)
  ];
  const reset = (): void =>
    set(given ? start : [paramX.default, paramY.default], false);
  onKey(root, 'r', reset);

  const point = pointing(model, leaving, focus => {
    leg = focus?.column === 0 || focus?.column === 1 ? focus.column : null;
    show();
  });
  const stage = stageView(
    to => set(rated([half(to[0]), half(to[1])]), same),
    by => set(rated([film[0] + by[0], film[1] + by[1]]), same)
  );
  nameStage(stage, [say('you'), say('theFilm')]);
  const pick = choice(
    say('films'),
    example.films.map(({ name }) => say('film', name)),
    n => set(films[n] ?? film, same)
  );
  const products = PARTS.map((_, column) => {
    const part = element('button', { type: 'button', class: 'nl-product' });
    pointable(part, point, () => ({ column }));
    return part;
  });
  walk(products);
  const pairs = element(
    'div',
    { class: 'nl-products', role: 'group', 'aria-label': say('products') },
    ...products
  );
  pointableWithin(pairs, point);
  const added = element('span');
  const dot = element('strong');
  const fill = element('div');
  const meter = element(
    'div',
    { class: 'nl-meter', 'aria-hidden': 'true' },
    fill
  );
  const verdict = element('p', { class: 'nl-verdict' });
  const lengths = element('p', { class: 'nl-small' });
  const shadow = element('p', { class: 'nl-small' });
  const turnIt = slider(TURN, say('turn'), degrees =>
    set(turned(you, degrees, Math.hypot(...film)), same)
  );
  const lengthen = slider(LENGTH, say('length'), length =>
    set(turned(you, turn(you, film), length), same)
  );
  const normed = checkbox(say('same'), checked => set(film, checked));
  const live = liveText();
  const table = twin(model);

  root.append(
    element('p', {}, say('intro', short(you[0]), short(you[1]))),
    guesses(
      model,
      questions(say, {
        film: name =>
          films[example.films.findIndex(one => one.name === name)] ?? film,
        set,
        state
      })
    ),
    pick.node,
    element(
      'div',
      { class: 'nl-both' },
      stage.node,
      element(
        'div',
        {},
        pairs,
        element('p', { class: 'nl-sum' }, added, ' ', dot),
        meter,
        verdict,
        lengths,
        shadow
      )
    ),
    element(
      'div',
      { class: 'nl-controls' },
      turnIt.node,
      lengthen.node,
      normed.node,
      button(say('reset'), reset)
    ),
    live,
    table.node
  );
  show();

  function state(): IDot {
    return compute({ you }, { x: film[0], y: film[1], same: Number(same) });
  }

  function show(): void {
    const now = state();
    const sign = Math.sign(now.dot);
    stage.show(now, leg, say('tip', short(film[0]), short(film[1])));
    pick.show(films.findIndex(([a, b]) => a === film[0] && b === film[1]));
    products.forEach((part, n) => {
      part.textContent = say(
        'product',
        say(PARTS[n] as (typeof PARTS)[number]),
        short(now.you[n] as number),
        inBrackets(now.film[n] as number),
        short(now.products[n] as number)
      );
      part.toggleAttribute('data-chosen', n === leg);
      part.tabIndex = n === (leg ?? 0) ? 0 : -1;
    });
    added.textContent = say(
      'sum',
      short(now.products[0]),
      inBrackets(now.products[1])
    );
    dot.textContent = short(now.dot);
    const share = Math.min(Math.abs(now.dot) / METER, 1) * 50;
    fill.style.width = `${share}%`;
    fill.style.left = sign < 0 ? `${50 - share}%` : '50%';
    fill.dataset.sign = String(sign);
    const told = say(
      now.angle === null
        ? 'nothing'
        : sign > 0
          ? 'above'
          : sign < 0
            ? 'below'
            : 'zero'
    );
    verdict.textContent = told;
    lengths.textContent = say(
      'lengths',
      fixed(now.lengths[0]),
      fixed(now.lengths[1]),
      now.angle === null ? say('noAngle') : say('degrees', fixed(now.angle, 0))
    );
    const along = now.lengths[0] > 0 ? now.dot / now.lengths[0] : 0;
    shadow.textContent = same
      ? say('normed')
      : say(
          'shadow',
          fixed(Math.abs(along)),
          fixed(now.lengths[0]),
          factor(along),
          short(now.dot)
        );
    turnIt.show(
      Math.round(turn(you, film)),
      say('degrees', fixed(turn(you, film), 0))
    );
    lengthen.show(Math.hypot(...film), fixed(Math.hypot(...film)));
    normed.box.checked = same;
    live.textContent = say(
      'live',
      ...now.you.map(short),
      ...now.film.map(short),
      short(now.dot),
      told
    );
    table.show(
      [say('part'), say('you'), say('theFilm'), say('productColumn')],
      () => [
        ...PARTS.map((part, n) => [
          say(part),
          short(now.you[n] as number),
          short(now.film[n] as number),
          short(now.products[n] as number)
        ]),
        [say('together'), say('dash'), say('dash'), short(now.dot)],
        [
          say('lengthRow'),
          fixed(now.lengths[0]),
          fixed(now.lengths[1]),
          say('dash')
        ]
      ]
    );
  }
}

/** Whole numbers without zeros behind the point. */
function short(value: number): string {
  return fixed(value).replace(/\.?0+$/, '');
}

function inBrackets(value: number): string {
  return value < 0 && short(value) !== '0' ? `(${short(value)})` : short(value);
}

function two([a = NaN, b = NaN]: readonly number[]): Point {
  if (!Number.isFinite(a + b)) {
    throw new Error('The dot product needs two lists of two numbers each.');
  }
  return [a, b];
}

function half(value: number): number {
  return Math.round(value * 2) / 2;
}
