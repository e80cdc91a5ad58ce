/**
 * softmax_bars: drag scores, see shares. Adding to all changes nothing, dividing sharpens or
 * flattens, and the plain formula breaks where numbers end. The mathematics is in compute.ts,
 * the two ways side by side in ways.ts; this file holds the state and shows it.
 */
import { bars } from '../kit/bars';
import { button, element, onKey, slider } from '../kit/dom';
import { pointable, pointableWithin, pointing } from '../kit/focus';
import { percent, short } from '../kit/format';
import { guesses } from '../kit/guess';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { words } from '../kit/strings';
import { numbers } from '../kit/tensor';
import { dress } from '../kit/theme';
import { liveText, twin } from '../kit/twin';
import { compute, type ISoftmax } from './compute';
import example from './example.json';
import meta from './meta.json';
import { questions } from './questions';
import { STYLE } from './style';
import { scoreText, share, waysView } from './ways';
import { STRINGS } from './words';

export { compute, meta };

/** So many bars are drawn; of a longer list the largest. All scores are counted. */
const DRAWN = 8;
/** A score is held within this, or a drag would get lost. */
const REACH = 30;

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const { add: paramAdd, temperature: paramTemperature } = meta.params;
  const param = params(model, leaving, meta.params, (name, value) =>
    set({ [name]: value })
  );
  let add = param('add');
  let temperature = param('temperature');
  let logits: number[] = [];
  let names: string[] = [];
  let drawn: number[] = [];
  let chosen = 0;
  /** The scores as the host gave them, or the example's. */
  const load = (): void => {
    const given = model.get('logits') !== undefined;
    logits = numbers(model.get('logits'), example.logits);
    const named = model.get('names');
    names = logits.map((_, i) =>
      Array.isArray(named)
        ? String(named[i] ?? i)
        : given
          ? String(i)
          : (example.names[i] as string)
    );
    drawn = logits
      .map((_, i) => i)
      .sort((a, b) => (logits[b] as number) - (logits[a] as number))
      .slice(0, DRAWN)
      .sort((a, b) => a - b);
    chosen = 0;
  };
  load();

  const point = pointing(model, leaving, focus => {
    const bar = drawn.indexOf(focus?.column ?? -1);
    if (bar >= 0 && bar !== chosen) {
      chosen = bar;
      show();
    }
  });
  const pointed = {
    pointing: point,
    focus: (bar: number) => ({ column: drawn[bar] as number })
  };
  const scoreBars = bars(drawn.length, {
    from: -3,
    to: 9,
    height: 132,
    step: 0.25,
    ...pointed,
    move(bar, to) {
      const logit = to * temperature - add;
      logits[drawn[bar] as number] = Math.min(Math.max(logit, -REACH), REACH);
      show();
    }
  });
  const shareBars = bars(drawn.length, {
    from: 0,
    to: 1,
    height: 110,
    ...pointed
  });
  shareBars.node.classList.add('nl-shares');
  const parts = drawn.map((_, bar) => {
    const part = element('div', { class: 'nl-part' });
    pointable(part, point, () => pointed.focus(bar));
    return part;
  });
  const strip = element(
    'div',
    { class: 'nl-strip', 'aria-hidden': 'true' },
    ...parts
  );
  pointableWithin(strip, point);
  const sharesName = element('p', { class: 'nl-row-name' });
  const together = element('p', { class: 'nl-together' });
  const rest = element('p', { class: 'nl-together' });
  const moveAdd = slider(paramAdd, say('add'), value => set({ add: value }));
  const moveTemperature = slider(paramTemperature, say('temperature'), value =>
    set({ temperature: value })
  );
  const set = (next: { add?: number; temperature?: number }): void => {
    ({ add = add, temperature = temperature } = next);
    show();
  };
  const reset = (): void => {
    load();
    set({ add: paramAdd.default, temperature: paramTemperature.default });
  };
  onKey(root, 'r', reset);
  const ways = waysView(say);
  const how = element('p', { class: 'nl-how' });
  const live = liveText();
  const table = twin(model);

  const question = guesses(
    model,
    questions(say, { reset, set, state, largest: () => largestOf(state()) })
  );

  root.append(
    element('p', {}, say('intro', logits.length)),
    question,
    element('p', { class: 'nl-row-name' }, say('scores')),
    element(
      'div',
      { role: 'group', 'aria-label': say('scores') },
      scoreBars.node
    ),
    element(
      'div',
      { class: 'nl-controls' },
      moveAdd.node,
      moveTemperature.node,
      button(say('reset'), reset)
    ),
    sharesName,
    shareBars.node,
    strip,
    together,
    rest,
    how,
    ways.node,
    live,
    table.node
  );
  show();

  function state(): ISoftmax {
    return compute({ logits }, { add, temperature });
  }

  function show(): void {
    const now = state();
    const { shares } = now.safe;
    const all = drawn.map(i => ({
      name: names[i] as string,
      score: now.scores[i] as number,
      share: shares[i] as number
    }));
    scoreBars.show(
      all.map(({ name, score, share: part }) => ({
        value: score,
        text: scoreText(score),
        name,
        label: say('bar', name),
        spoken: say('barSays', scoreText(score), percent(part))
      })),
      chosen
    );
    const untouched =
      add === paramAdd.default && temperature === paramTemperature.default;
    const before = compute(
      { logits },
      { add: paramAdd.default, temperature: paramTemperature.default }
    ).safe.shares;
    sharesName.textContent = say(untouched ? 'shares' : 'ghosts');
    shareBars.show(
      all.map(({ name, share: part }, bar) => ({
        value: part,
        ...(untouched ? {} : { ghost: before[drawn[bar] as number] as number }),
        text: percent(part),
        name
      })),
      chosen
    );
    all.forEach(({ name, share: part }, bar) => {
      const node = parts[bar] as HTMLElement;
      node.style.width = `${part * 100}%`;
      node.textContent = part > 0.04 ? name : '';
      node.toggleAttribute('data-chosen', bar === chosen);
    });
    const sum = shares.reduce((total, part) => total + part, 0);
    together.textContent = say('together', percent(Number(sum.toFixed(6))));
    const drawnSum = all.reduce((total, { share: part }) => total + part, 0);
    rest.hidden = logits.length === drawn.length;
    rest.textContent = say(
      'rest',
      logits.length - drawn.length,
      percent(Math.max(sum - drawnSum, 0))
    );
    moveAdd.show(add);
    moveTemperature.show(temperature);
    ways.show(now);
    how.textContent = explained(now);
    live.textContent = say(
      'live',
      scoreText(add),
      temperature,
      all
        .map(({ name, share: part }) => say('share', name, percent(part)))
        .join(', ')
    );
    table.show(
      [
        say('token'),
        say('score'),
        say('power'),
        say('shareColumn'),
        say('plainColumn')
      ],
      () =>
        drawn.map(i => [
          names[i] as string,
          scoreText(now.scores[i] as number),
          short(now.safe.powers[i] as number),
          percent(shares[i] as number),
          plainText(now.plain.shares[i] as number)
        ])
    );
  }

  /** How the share of the bar pointed at came about: by the formula while that works. */
  function explained({ scores, largest, plain, safe }: ISoftmax): string {
    const i = drawn[chosen] as number;
    const name = names[i] as string;
    const score = scores[i] as number;
    const whole = Number.isFinite(plain.total) && plain.total > 0;
    const way = whole ? plain : safe;
    const told = whole
      ? [scoreText(score)]
      : [scoreText(score), scoreText(largest - score)];
    const sum = say(
      whole ? 'how' : 'howLess',
      name,
      ...told,
      short(way.powers[i] as number),
      logits.length,
      short(way.total),
      percent(safe.shares[i] as number)
    );
    const before = (logits[i] as number) + add;
    return temperature === 1
      ? sum
      : sum + say('howScore', scoreText(before), temperature);
  }

  /** The name and share of the largest. */
  function largestOf({ scores, largest, safe }: ISoftmax): [string, string] {
    const at = scores.indexOf(largest);
    return [names[at] as string, percent(safe.shares[at] as number)];
  }

  function plainText(value: number): string {
    return Number.isNaN(value) ? say('notANumber') : share(value);
  }
}
