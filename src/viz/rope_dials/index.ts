/**
 * rope_dials: drag the places of a query and a key; q·k depends on their distance only.
 * The mathematics is in compute.ts, one dial in dial.ts; this file holds the state and
 * shows it.
 */
import { button, checkbox, element, onKey, slider } from '../kit/dom';
import { type IModel, type Leaving, picture } from '../kit/host';
import { pointable, pointableWithin, pointing } from '../kit/focus';
import { factor, fixed, short, signed } from '../kit/format';
import { guesses } from '../kit/guess';
import { params } from '../kit/params';
import { Player } from '../kit/player';
import { words } from '../kit/strings';
import { numbers, oneNumber } from '../kit/tensor';
import { dress, still } from '../kit/theme';
import { liveText, twin } from '../kit/twin';
import { walk } from '../kit/walk';
import { compute, type IRope, type IRopeInputs } from './compute';
import { dialView } from './dial';
import example from './example.json';
import meta from './meta.json';
import { STYLE } from './style';
import { STRINGS } from './words';

export { compute, meta };

const STEPS = 5;
const HEAD = ['pair', 'perPlace', 'radians', 'query', 'key', 'part'] as const;

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const { m: paramM, n: paramN } = meta.params;
  const param = params(model, leaving, meta.params, (name, value) =>
    name === 'm' ? go(value, n) : go(m, value)
  );
  let m = param('m');
  let n = param('n');
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

  const setLocked = (value: boolean): void => {
    locked = lock.box.checked = value;
    live.textContent = say(locked ? 'locked' : 'unlocked');
  };
  const lock = checkbox(say('lock'), setLocked);
  onKey(root, 'l', () => setLocked(!locked));

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
  const distance = element('span');
  const sum = element(
    'p',
    { class: 'nl-sum' },
    say('score'),
    ' ',
    score,
    ' ',
    distance
  );
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
  const point = pointing(model, leaving, focus => {
    if (dials[focus?.pair ?? -1] !== undefined) {
      chosen = focus?.pair ?? chosen;
      show();
    }
  });
  dials.forEach(({ node }, pair) => pointable(node, point, () => ({ pair })));
  pointableWithin(row, point);
  walk(dials.map(({ node }) => node));

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
    element('p', {}, say('intro')),
    question,
    row,
    sum,
    element(
      'div',
      { class: 'nl-controls' },
      moveM.node,
      moveN.node,
      lock.node,
      play
    ),
    how,
    live,
    table.node
  );
  show();

  function state(): IRope {
    return compute(inputs(model), { m, n });
  }

  function show(): void {
    const rope = state();
    const largest = Math.max(
      ...rope.dials.map(({ q, k }) => Math.hypot(...q) * Math.hypot(...k))
    );
    dials.forEach((view, i) => {
      const dial = rope.dials[i];
      if (dial !== undefined) {
        view.show(dial, say('speed', degrees(dial.speed, 2)), largest);
        view.node.setAttribute(
          'aria-label',
          say('dial', i, degrees(dial.speed, 2), signed(dial.part))
        );
        view.node.setAttribute('aria-pressed', String(i === chosen));
        view.node.tabIndex = i === chosen ? 0 : -1;
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
      () => rows(rope)
    );
  }

  function explained(rope: IRope): string {
    const dial = rope.dials[chosen];
    if (dial === undefined) {
      return '';
    }
    const speed = degrees(dial.speed, 3);
    const [qx, qy] = dial.turnedQ;
    const [kx, ky] = dial.turnedK;
    return say(
      'how',
      chosen,
      `${m} × ${speed} = ${degrees(m * dial.speed, 3)}`,
      `${n} × ${speed} = ${degrees(n * dial.speed, 3)}`,
      `(${fixed(qx)}, ${fixed(qy)})`,
      `(${fixed(kx)}, ${fixed(ky)})`,
      `${fixed(qx)} × ${factor(kx)} + ${factor(qy)} × ${factor(ky)} = ${fixed(dial.part)}`
    );
  }

  function rows(rope: IRope): string[][] {
    return rope.dials.map((dial, i) => [
      String(i),
      degrees(dial.speed, 3),
      short(dial.speed),
      dial.turnedQ.map(value => fixed(value)).join(', '),
      dial.turnedK.map(value => fixed(value)).join(', '),
      signed(dial.part)
    ]);
  }
}

function inputs(model: IModel): IRopeInputs {
  return {
    q: numbers(model.get('q'), example.q),
    k: numbers(model.get('k'), example.k),
    base: oneNumber(model, 'base', example.base)
  };
}

/** An angle as school writes it; the code counts in radians, 57.3° each. */
function degrees(radians: number, digits: number): string {
  return `${short((radians * 180) / Math.PI, digits)}°`;
}
