/**
 * neuron_playground: bend the line of one neuron, then let a few learn the lamp. Neuron,
 * network and slopes are in compute.ts, the maps in field.ts, the curve in curve.ts; this
 * file holds the state and shows it.
 */
import { button, element, onKey, slider } from '../kit/dom';
import { pointable, pointableWithin, pointing } from '../kit/focus';
import { short as digits } from '../kit/format';
import { guesses } from '../kit/guess';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { PLANE } from '../kit/plane';
import { Player } from '../kit/player';
import { legendGradient } from '../kit/scale';
import { words } from '../kit/strings';
import { dress, still } from '../kit/theme';
import { liveText, twin } from '../kit/twin';
import { walk } from '../kit/walk';
import {
  bend,
  compute,
  type INeurons,
  learn,
  output,
  SWITCHES,
  type Weights
} from './compute';
import { lossCurve } from './curve';
import example from './example.json';
import { field } from './field';
import meta from './meta.json';
import { LEARNED, questions } from './questions';
import { STYLE } from './style';
import { explained, rows, short } from './telling';
import { STRINGS } from './words';

export { compute, meta };

type Name = keyof typeof meta.params;

const NAMES = Object.keys(meta.params) as Name[];
const { max: LAST } = meta.params.step;
/** Steps follow each other quickly: learning is a movement, not a list. */
const PACE = 40;
const SHORT_RUN = 10;
/** Less than this in ten steps is standing still. */
const STILL = 1e-4;

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, PLANE + STYLE);
  const within = (name: Name, value: number): number => {
    const { min, max, step } = meta.params[name];
    const whole = Math.round(value / step) * step;
    return Number(Math.min(Math.max(whole, min), max).toFixed(4));
  };
  const param = params(model, leaving, meta.params, (name, value) =>
    set({ [name]: value })
  );
  const state = Object.fromEntries(
    NAMES.map(name => [name, within(name, param(name))])
  ) as Record<Name, number>;
  let chosen = 2;

  const set = (next: Partial<Record<Name, number>>): void => {
    if ('neurons' in next || 'start' in next) {
      player.pause();
    }
    for (const [name, value] of Object.entries(next) as Array<[Name, number]>) {
      state[name] = within(name, value);
    }
    show();
  };
  const reset = (): void => {
    player.pause();
    set(
      Object.fromEntries(NAMES.map(name => [name, meta.params[name].default]))
    );
  };
  onKey(root, 'r', reset);
  const begun = (start: number): readonly Weights[] =>
    example.starts[start - 1] as unknown as readonly Weights[];

  const player = new Player(
    root,
    leaving,
    () => {
      set({ step: state.step + 1 });
      return state.step < LAST;
    },
    () => {
      play.textContent = say(
        player?.playing ? 'stop' : still(model) ? 'ten' : 'play'
      );
    },
    PACE
  );
  const play = button('', () => {
    if (player.playing) {
      player.pause();
      return;
    }
    if (state.step === LAST) {
      set({ step: 0 });
    }
    void player.play(still(model) ? SHORT_RUN : Infinity, still(model));
  });
  play.dataset.play = '';
  const point = pointing(model, leaving, focus => {
    const row = focus?.row ?? -1;
    if (SWITCHES[row] !== undefined && row !== chosen) {
      chosen = row;
      show();
    }
  });
  const settings = SWITCHES.map((pair, row) => {
    const one = element(
      'button',
      {
        type: 'button',
        class: 'nl-setting',
        'aria-label': say('setting', ...pair)
      },
      pair.join(', ')
    );
    pointable(one, point, () => ({ row }));
    return one;
  });
  walk(settings);
  const group = element(
    'div',
    { class: 'nl-settings', role: 'group', 'aria-label': say('switches') },
    ...settings
  );
  pointableWithin(group, point);
  const moves = new Map(
    NAMES.map(name => [
      name,
      slider(meta.params[name], say(name), value => set({ [name]: value }))
    ])
  );
  const move = (name: Name): HTMLElement => moves.get(name)?.node ?? root;
  const [one, many] = [field(1), field(meta.params.neurons.max)];
  const loss = element('strong');
  const lossSays = element('span');
  const verdict = element('b');
  const curve = lossCurve(LAST);
  const how = element('p', { class: 'nl-how' });
  const live = liveText();
  const table = twin(model);
  const question = guesses(
    model,
    questions(say, {
      starts: example.starts.length,
      steps: LAST,
      setNeuron: (a1, a2, bias) => set({ a1, a2, bias }),
      state: now,
      lossAt: (start, neurons) =>
        learn(
          { start: begun(start).slice(0, neurons), rate: example.rate },
          LAST
        ).at(-1)?.loss ?? NaN,
      learn(neurons) {
        set({ neurons, step: 0 });
        return player.play(LAST, still(model)).then(() => set({ step: LAST }));
      }
    })
  );

  root.append(
    element('p', {}, say('intro')),
    question,
    element(
      'div',
      { class: 'nl-both' },
      element(
        'div',
        { class: 'nl-panel' },
        element('h3', {}, say('one')),
        element('p', {}, say('oneSays')),
        one.node,
        legend(),
        move('a1'),
        move('a2'),
        move('bias'),
        element('p', { class: 'nl-label' }, say('switches')),
        group,
        how
      ),
      element(
        'div',
        { class: 'nl-panel' },
        element('h3', {}, say('many')),
        element('p', {}, say('manySays')),
        many.node,
        legend(),
        move('neurons'),
        move('start'),
        move('step'),
        element(
          'div',
          { class: 'nl-buttons' },
          play,
          button(say('reset'), reset)
        ),
        element(
          'div',
          { class: 'nl-lossline' },
          say('loss'),
          ' ',
          loss,
          ': ',
          lossSays,
          ' ',
          verdict
        ),
        element('p', { class: 'nl-curve' }, say('curve')),
        curve.node
      )
    ),
    live,
    table.node
  );
  player.pause();
  show();

  function now(): INeurons {
    return compute({ start: begun(state.start), rate: example.rate }, state);
  }

  function legend(): HTMLElement {
    const bar = element('i');
    bar.style.background = legendGradient();
    return element(
      'div',
      { class: 'nl-legend', 'aria-hidden': 'true' },
      say('legend'),
      bar,
      say('legendEnd')
    );
  }

  function show(): void {
    const { a1, a2, bias } = state;
    const seen = now();
    const { weights } = seen.network;
    one.show(
      ([x1, x2]) => bend(a1 * x1 + a2 * x2 + bias),
      [[a1, a2, bias]],
      chosen
    );
    many.show(
      at => output(weights, at),
      weights.map(([w1, w2]) => [w1, w2, 0]),
      chosen
    );
    NAMES.forEach(name =>
      moves.get(name)?.show(state[name], short(state[name]))
    );
    loss.textContent = digits(seen.network.loss);
    lossSays.textContent = say('lossSays', digits(seen.losses[0] as number));
    const before = seen.losses.at(-1 - SHORT_RUN);
    verdict.textContent =
      seen.network.loss < LEARNED
        ? say('learned')
        : before !== undefined && Math.abs(before - seen.network.loss) < STILL
          ? say('stuck')
          : '';
    curve.show(seen.losses, state.step);
    settings.forEach((setting, n) => {
      setting.setAttribute('aria-pressed', String(n === chosen));
      setting.tabIndex = n === chosen ? 0 : -1;
    });
    how.textContent = explained(say, state, seen, chosen);
    live.textContent = say(
      'live',
      short(a1),
      short(a2),
      short(bias),
      state.neurons,
      state.step,
      digits(seen.network.loss)
    );
    table.show(
      [
        say('name'),
        say('sumColumn'),
        say('bentColumn'),
        say('networkColumn'),
        say('shouldColumn')
      ],
      () => rows(seen)
    );
  }
}
