/**
 * rope_dials: drag the places of a query and a key; q·k depends on their distance only.
 * The mathematics is in compute.ts, one dial in dial.ts; this file holds the state and
 * shows it.
 */
import { button, element, slider } from '../kit/dom';
import { type IModel, type Leaving, picture } from '../kit/host';
import { followFocus, point } from '../kit/focus';
import { fixed, signed } from '../kit/format';
import { guesses } from '../kit/guess';
import { Player } from '../kit/player';
import { words } from '../kit/strings';
import { numbers } from '../kit/tensor';
import { dress, still } from '../kit/theme';
import { liveText, twin } from '../kit/twin';
import { compute, type IRope, type IRopeInputs } from './compute';
import { dialView } from './dial';
import example from './example.json';
import meta from './meta.json';
import { STYLE } from './style';
import { STRINGS } from './words';

export { compute, meta };

const STEPS = 5;
const HEAD = ['pair', 'perPlace', 'query', 'key', 'part'] as const;

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const { m: paramM, n: paramN } = meta.params;
  let m = numbers(model.get('m'), [paramM.default])[0] as number;
  let n = numbers(model.get('n'), [paramN.default])[0] as number;
  let locked = false;
  let chosen = 0;

  const last = Math.max(paramM.max, paramN.max);
  /** Move both; false, and nothing moves, beyond the ends. */
  const go = (nextM: number, nextN: number): boolean => {
    const fits = Math.max(nextM, nextN) <= last && Math.min(nextM, nextN) >= 0;
    if (fits) {
      [m, n] = [nextM, nextN];
    }
    show(); // a slider that was dragged too far goes back
    return fits;
  };
  const moveM = slider(
    paramM,
    say('m'),
    value => void go(value, locked ? n + value - m : n)
  );
  const moveN = slider(
    paramN,
    say('n'),
    value => void go(locked ? m + value - n : m, value)
  );
  moveM.node.classList.add('nl-one');
  moveN.node.classList.add('nl-two');

  const lock = element('input', { type: 'checkbox' });
  const setLocked = (value: boolean): void => {
    locked = lock.checked = value;
  };
  lock.addEventListener('change', () => setLocked(lock.checked));
  root.addEventListener('keydown', event => {
    if (
      event.key === 'l' &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey
    ) {
      setLocked(!locked);
      live.textContent = say(locked ? 'locked' : 'unlocked');
    }
  });

  const play = button('', () =>
    player.playing ? player.pause() : void player.play()
  );
  play.dataset.play = '';
  const player = new Player(
    root,
    leaving,
    () => go(m + 1, n + 1),
    () => {
      play.textContent = say(player?.playing ? 'pause' : 'play');
    }
  );
  player.pause();

  const score = element('strong');
  const sum = element('p', { class: 'nl-sum' }, say('score'), ' ', score);
  const distance = element('span');
  const how = element('p', { class: 'nl-how' });
  const live = liveText();
  const table = twin(model);
  const dials = inputs(model)
    .q.slice(0, inputs(model).q.length / 2)
    .map(dialView);
  const row = element(
    'div',
    { class: 'nl-dials', role: 'group', 'aria-label': say('dials') },
    ...dials.map(({ node }) => node)
  );
  dials.forEach(({ node }, i) => {
    const choose = (): void => {
      chosen = i;
      point(model, { pair: i });
      show();
    };
    node.addEventListener('focus', choose);
    node.addEventListener('pointerenter', choose);
    node.addEventListener('keydown', event => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step !== undefined) {
        event.preventDefault();
        dials[(i + step + dials.length) % dials.length]?.node.focus();
      }
    });
  });

  const question = guesses(model, [
    {
      ask: say('question', STEPS),
      answers: [say('stays'), say('changes')],
      async act() {
        const room = Math.max(m, n) + STEPS - last; // there must be places to move on to
        if (room > 0) {
          go(Math.max(m - room, 0), Math.max(n - room, 0));
        }
        const before = state().score;
        await player.play(STEPS, still(model));
        const after = state().score;
        return {
          right: Math.abs(after - before) < 1e-6 ? 0 : 1,
          told: say('compared', fixed(before), fixed(after), m - n)
        };
      }
    }
  ]);

  root.append(
    element('p', { class: 'nl-title' }, say('intro')),
    question,
    row,
    sum,
    element(
      'div',
      { class: 'nl-controls' },
      moveM.node,
      moveN.node,
      element('label', { class: 'nl-lock' }, lock, say('lock')),
      play,
      distance
    ),
    how,
    live,
    table.node
  );
  followFocus(model, leaving, focus => {
    if (focus?.pair !== undefined && focus.pair !== chosen) {
      chosen = focus.pair;
      show();
    }
  });
  show();

  function state(): IRope {
    return compute(inputs(model), { m, n });
  }

  function show(): void {
    const rope = state();
    const reach = Math.max(
      ...rope.dials.flatMap(({ q, k }) => [Math.hypot(...q), Math.hypot(...k)])
    );
    const largest = Math.max(
      ...rope.dials.map(({ q, k }) => Math.hypot(...q) * Math.hypot(...k))
    );
    dials.forEach((view, i) => {
      const dial = rope.dials[i];
      if (dial !== undefined) {
        view.show(dial, say('speed', small(dial.speed)), reach, largest);
        view.node.setAttribute(
          'aria-label',
          say('dial', i + 1, small(dial.speed), signed(dial.part))
        );
        view.node.setAttribute('aria-pressed', String(i === chosen));
      }
    });
    moveM.show(m);
    moveN.show(n);
    score.textContent = fixed(rope.score);
    distance.textContent = say('distance', m, n, m - n);
    how.textContent = explained(rope);
    live.textContent = say('live', m, n, m - n, fixed(rope.score));
    table.show(
      HEAD.map(key => say(key)),
      rows(rope)
    );
  }

  function explained(rope: IRope): string {
    const dial = rope.dials[chosen];
    if (dial === undefined) {
      return '';
    }
    const [a, b] = dial.turnedQ.map(two);
    const [c, d] = dial.turnedK.map(two);
    return say(
      'how',
      chosen + 1,
      `${m} × ${small(dial.speed)} = ${two(m * dial.speed)}`,
      `${n} × ${small(dial.speed)} = ${two(n * dial.speed)}`,
      `(${a}, ${b})`,
      `(${c}, ${d})`,
      `${a} × ${c} + ${b} × ${d} = ${signed(dial.part)}`
    );
  }

  function rows(rope: IRope): string[][] {
    return rope.dials.map((dial, i) => [
      String(i + 1),
      small(dial.speed),
      dial.turnedQ.map(two).join(', '),
      dial.turnedK.map(two).join(', '),
      signed(dial.part)
    ]);
  }
}

function inputs(model: IModel): IRopeInputs {
  return {
    q: numbers(model.get('q'), example.q),
    k: numbers(model.get('k'), example.k),
    base: numbers(model.get('base'), [example.base])[0] as number
  };
}

const two = (value: number): string => fixed(value);

/** Speeds run from 1 down to a thousandth: three digits that count. */
function small(value: number): string {
  return String(Number(value.toPrecision(2)));
}
