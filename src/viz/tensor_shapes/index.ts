/**
 * tensor_shapes: sizes as sliders, a ladder from list to stack, then the move the model
 * makes: view and transpose. Shapes are in compute.ts, where things stand in layout.ts,
 * the drawing in stage.ts; this file holds the state and shows it.
 */
import { choice } from '../kit/choice';
import { button, element, slider } from '../kit/dom';
import { pointing } from '../kit/focus';
import { whole } from '../kit/format';
import { guesses } from '../kit/guess';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { Player } from '../kit/player';
import { words } from '../kit/strings';
import { oneNumber } from '../kit/tensor';
import { dress, still } from '../kit/theme';
import { liveText, twin } from '../kit/twin';
import { compute, type ILayout, indexOf, type ISizes } from './compute';
import example from './example.json';
import { Ladder, PACE } from './ladder';
import { frame, lastStep } from './layout';
import meta from './meta.json';
import { questions } from './questions';
import { type ILook, stageView } from './stage';
import { STYLE } from './style';
import {
  explained,
  pointedAt,
  productText,
  rows,
  SAYS,
  shapeText,
  STEPS
} from './telling';
import { STRINGS } from './words';

export { compute, meta };

const AXES = ['B', 'T', 'C', 'H'] as const;
const LAST = STEPS.length - 1;

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const one = (name: string, otherwise: number): number =>
    oneNumber(model, name, otherwise);
  const param = params(model, leaving, meta.params, name =>
    name === 'step'
      ? void go(within('step'))
      : set({ ...sizes, [name]: within(name) })
  );
  const within = (name: keyof typeof meta.params): number => {
    const { min, max } = meta.params[name];
    return Math.min(Math.max(Math.round(param(name)), min), max);
  };
  const start: ISizes = {
    B: within('B'),
    T: within('T'),
    C: within('C'),
    H: within('H')
  };
  let sizes = start;
  /** What the guesses start from: sizes that can be cut. */
  const usual = meta.params;
  const tried: ISizes =
    lastStep(start) === LAST
      ? start
      : {
          B: usual.B.default,
          T: usual.T.default,
          C: usual.C.default,
          H: usual.H.default
        };
  const ladder = new Ladder(within('step'), () => lastStep(sizes), LAST);
  let chosen = 17;

  const tick = (): boolean => {
    const before = ladder.asked;
    const further = ladder.tick();
    if (ladder.arrived || ladder.asked !== before) {
      show();
    } else {
      paint();
    }
    return further;
  };
  const player = new Player(root, leaving, tick, controls, PACE);
  const go = (step: number): Promise<void> => {
    ladder.ask(step);
    show();
    return player.play(Infinity, still(model));
  };
  const set = (next: ISizes): void => {
    player.pause();
    sizes = next;
    ladder.jump();
    show();
  };

  const steps = choice(
    say('steps'),
    STEPS.map(key => say(key)),
    step => void go(step)
  );
  const play = button('', () => {
    if (player.playing) {
      player.pause();
      ladder.stop();
      show();
    } else if (still(model)) {
      void go(ladder.asked === LAST ? 0 : ladder.asked + 1);
    } else {
      ladder.playThrough();
      void player.play();
    }
  });
  play.dataset.play = '';
  const sliders = AXES.map(axis =>
    slider(meta.params[axis], say(axis), value =>
      set({ ...sizes, [axis]: value })
    )
  );
  const shape = element('p', { class: 'nl-shape' });
  const says = element('p', { class: 'nl-says' });
  const memory = element('p', { class: 'nl-small' });
  const how = element('div', { class: 'nl-how' });
  const live = liveText();
  const table = twin(model);
  const { hover, onto } = pointing(model, leaving, focus => {
    const place = focus === null ? null : pointedAt(sizes, focus);
    if (place !== null && place !== chosen) {
      chosen = place;
      show();
    }
  });
  const stage = stageView(
    say('stage'),
    {
      // cells that pass under a resting mouse are not pointed at
      hover: focus => hover(player.playing ? null : focus),
      onto
    },
    place => {
      const stack = layouts()[2] as ILayout;
      const [row = 0, token = 0, column = 0] = indexOf(stack, place);
      const head = headOf(place);
      return { row, token, column, ...(head === null ? {} : { head }) };
    }
  );
  const question = guesses(
    model,
    questions(say, {
      sizes: tried,
      walk(from, to) {
        ladder.ask(from);
        set(tried);
        return go(to).then(() => {
          ladder.jump(); // also when it was stopped on the way
          show();
        });
      }
    })
  );

  const size = element('p', { class: 'nl-small' });
  root.append(
    element('p', {}, say('intro')),
    question,
    element('div', { class: 'nl-steps' }, steps.node, play),
    element(
      'div',
      { class: 'nl-controls' },
      ...sliders.map(({ node }) => node)
    ),
    says,
    shape,
    stage.node,
    memory,
    stage.memory,
    how,
    size,
    live,
    table.node
  );
  const observer = new ResizeObserver(() => paint());
  observer.observe(root);
  leaving.add(() => observer.disconnect());
  controls();
  show();

  function layouts(): readonly ILayout[] {
    return compute({}, sizes).layouts;
  }

  /** The number pointed at, or the last there is at this step. */
  function marked(): number {
    const layout = layouts()[Math.ceil(ladder.step + ladder.t)] as ILayout;
    return Math.min(Math.max(chosen, 0), layout.count - 1);
  }

  function headOf(place: number): number | null {
    const { C, H } = sizes;
    const heads = ladder.step + ladder.t > 2;
    return heads ? Math.floor((place % C) / (C / H)) : null;
  }

  function paint(): void {
    const width = (root.clientWidth || meta.size.width) - 8;
    const { step, t } = ladder;
    const layout = layouts()[Math.round(step + t)] as ILayout;
    const look: ILook = {
      chosen: marked(),
      head: headOf,
      name: place => say('cell', place, indexOf(layout, place).join(', ')),
      box: text => say(step + t < 0.5 ? 'token' : 'text', text),
      mark: ({ axis }) =>
        say('mark', axis, axis === 'D' ? sizes.C / sizes.H : sizes[axis])
    };
    stage.show(frame(sizes, step, t, width), look);
  }

  function controls(): void {
    play.textContent = say(
      player?.playing ? 'pause' : still(model) ? 'next' : 'play'
    );
  }

  function show(): void {
    paint();
    const { asked } = ladder;
    const { B, T, C, H } = sizes;
    const { layouts: all, left } = compute({}, sizes);
    const illegal = asked > 2 && left > 0;
    const layout = all[ladder.drawn] as ILayout;
    steps.show(asked);
    AXES.forEach((axis, i) => {
      const view = sliders[i] as (typeof sliders)[number];
      view.show(sizes[axis]);
      view.node.toggleAttribute(
        'data-idle',
        !layout.axes.includes(axis) && !(asked > 2 && axis !== 'B')
      );
    });
    says.classList.toggle('nl-illegal', illegal);
    const fitting = [1, 2, 3, 4].filter(h => C % h === 0);
    says.textContent = illegal
      ? say('illegal', C, H, left, fitting.map(h => `H = ${h}`).join(', '))
      : say(SAYS[asked] as (typeof SAYS)[number], C, T, B, H, C / H);
    shape.replaceChildren(
      element('strong', {}, shapeText(layout)),
      productText(say, layout)
    );
    memory.textContent = say(
      ladder.drawn > 2 ? 'memoryStays' : 'memory',
      layout.count
    );
    how.replaceChildren(
      ...explained(say, all.slice(0, ladder.drawn + 1), marked())
    );
    size.textContent = ourModel(asked > 2);
    live.textContent = illegal
      ? say('liveIllegal', H, C)
      : say(
          'live',
          say(STEPS[asked] as (typeof STEPS)[number]),
          layout.sizes.join(', '),
          productText(say, layout)
        );
    table.show(
      [
        say('layout'),
        say('shapeColumn'),
        say('countColumn'),
        say('strideColumn'),
        say('indexColumn', marked())
      ],
      () => rows(say, all, marked())
    );
  }

  function ourModel(cut: boolean): string {
    const C = one('n_embd', example.model.n_embd);
    const H = one('n_head', example.model.n_head);
    const T = one('sequence_len', example.model.sequence_len);
    return cut
      ? say('model', C, H, C / H, T, whole(T * C))
      : say('modelStack', C, T, whole(T * C));
  }
}
