/**
 * kv_cache_steps: write token by token, with the cache off and on, and count the work and
 * the room. The mathematics is in compute.ts, the bars in counters.ts, the sentences in
 * texts.ts; this file holds the state and shows it.
 */
import { button, element, type ISlider, slider } from '../kit/dom';
import { followFocus, point } from '../kit/focus';
import { heatmap, type ICell, type IHeatmap } from '../kit/heatmap';
import { type IModel, type Leaving, picture } from '../kit/host';
import { Player } from '../kit/player';
import { words } from '../kit/strings';
import { numbers } from '../kit/tensor';
import { dress, still } from '../kit/theme';
import { compute, type ICache } from './compute';
import { roomView, workView } from './counters';
import example from './example.json';
import { given, NAMES } from './inputs';
import meta from './meta.json';
import { ask } from './question';
import { COLOURS, STYLE } from './style';
import { callTable } from './table';
import { callText, cellText, whole, workOf } from './texts';
import { STRINGS } from './words';

export { compute, meta };

export default picture(draw);

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const number = (key: 'step' | 'prompt'): number =>
    numbers(model.get(key), [meta.params[key].default])[0] as number;
  let sent = given(model);
  let prompt = clamp(number('prompt'), 1, sent.positions);
  let done = clamp(number('step'), 0, callCount());
  let kvHeads = sent.kvHeads;
  let cached = false;
  /** The cell pointed at, if any; else the text is about the last call. */
  let cell: ICell | null = null;

  const question = element('div', { class: 'nl-question' });
  const place = element('div');
  const now = element('p', { class: 'nl-now' });
  const live = element('p', { class: 'nl-live', role: 'status' });
  const work = workView(say);
  const room = roomView(say, chosen => {
    kvHeads = chosen;
    show();
    live.textContent = room.text();
  });
  const outlook = element('p');
  const check = element('input', { type: 'checkbox' });
  check.addEventListener('change', () => setCached(check.checked));
  // it may scroll sideways, so a keyboard must reach it
  const table = element('table', { tabindex: '0', 'aria-label': say('table') });

  const play = button('', () => {
    if (player.playing) {
      player.pause();
    } else {
      done = done === callCount() ? 0 : done; // at the end it begins anew
      void player.play();
    }
  });
  play.dataset.play = '';
  const { step: paramStep, prompt: paramPrompt } = meta.params;
  const moveStep = slider(paramStep, say('step'), value => {
    player.pause();
    go(value);
  });
  const movePrompt = slider(paramPrompt, say('prompt'), setPrompt);
  const player = new Player(
    root,
    leaving,
    () => {
      go(done + 1);
      return done < callCount();
    },
    () => {
      play.textContent = say(player?.playing ? 'pause' : 'play');
    }
  );
  player.pause();

  root.append(
    element('p', {}, say('intro')),
    question,
    element(
      'div',
      { class: 'nl-controls' },
      moveStep.node,
      play,
      movePrompt.node,
      element('label', { class: 'nl-check' }, check, say('cache'))
    ),
    element(
      'div',
      { class: 'nl-both' },
      element('div', {}, place, legend(), now),
      element('div', {}, work.node, outlook)
    ),
    room.node,
    element('p', { class: 'nl-soft' }, caption()),
    live,
    element('details', {}, element('summary', {}, say('table')), table)
  );
  root.addEventListener('keydown', event => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === 'c' && plain) {
      setCached(!cached);
    }
  });

  let map: IHeatmap;
  const flash = element('span', { class: 'nl-flash' });
  begin();

  NAMES.forEach(name =>
    leaving.watch(model, `change:${name}`, () => {
      sent = given(model);
      kvHeads = sent.kvHeads;
      begin();
    })
  );
  followFocus(model, leaving, focus => {
    const column = focus?.token;
    if (
      column !== undefined &&
      column !== cell?.column &&
      column < sent.positions
    ) {
      cell = { row: Math.max(done - 1, 0), column };
      show();
    }
  });

  /** How many calls there are depends on the prompt, so the map is made anew. */
  function begin(): void {
    player.pause();
    prompt = clamp(prompt, 1, sent.positions);
    done = clamp(done, 0, callCount());
    cell = null;
    const { calls } = state();
    map = heatmap(
      {
        label: say('map'),
        rows: calls.map(({ phase }, n) => say(phase, n + 1)),
        columns: sent.tokens
      },
      {
        over(at) {
          cell = at;
          tell();
        },
        choose(at) {
          player.pause();
          done = Math.max(done, at.row + 1);
          cell = at;
          tell();
        }
      }
    );
    map.node.querySelector('.nl-map-cells')?.append(flash);
    place.replaceChildren(map.node);
    limit(moveStep, calls.length);
    limit(movePrompt, sent.positions);
    pose();
    show();
  }

  function pose(): void {
    ask(question, say, state(callCount()), prompt, {
      guessed: () => void run(false),
      switchOn: () => void run(true),
      again: () =>
        setPrompt(prompt === 1 ? Math.ceil(sent.positions / 2) - 1 : 1)
    });
  }

  /** All calls from the start, with the cache on or off. */
  function run(value: boolean): Promise<void> {
    done = 0;
    setCached(value);
    return player.play(Infinity, still(model));
  }

  function setPrompt(value: number): void {
    prompt = value;
    begin();
  }

  function setCached(value: boolean): void {
    cached = check.checked = value;
    show();
    const { without, with: once } = state();
    live.textContent = cached
      ? say('switchedOn', once)
      : say('switchedOff', without);
  }

  function go(value: number): void {
    done = clamp(value, 0, callCount());
    cell = null;
    show();
    light();
  }

  function tell(): void {
    show();
    point(model, cell === null ? null : { token: cell.column });
  }

  function callCount(): number {
    return sent.positions - prompt + 1;
  }

  function state(calls = done): ICache {
    return compute(sent, { prompt, calls, kvHeads });
  }

  function show(): void {
    const cache = state();
    const finished = cache.calls.slice(0, done);
    const end = state(callCount());
    moveStep.show(done);
    movePrompt.show(prompt);
    const last = Math.max(done - 1, 0);
    map.show(
      (row, column) => {
        const kind = workOf(finished[row], column, cached);
        return kind === null ? null : COLOURS[kind];
      },
      cell ?? { row: last, column: (cache.calls[last]?.to ?? 1) - 1 },
      finished.map(({ from, to }) => `+${cached ? to - from : to}`)
    );
    now.textContent =
      cell === null
        ? callText(sent, cache, done, cached, say)
        : cellText(sent, cache, cell, done, cached, say);
    work.show(cache, finished, end, cached);
    room.show(sent, cache, kvHeads, cached);
    const { longest } = sent;
    outlook.textContent = say(
      'outlook',
      whole(longest),
      whole((longest * (longest + 1)) / 2),
      whole(longest)
    );
    live.textContent = say(
      'live',
      now.textContent,
      whole(cache.without),
      whole(cache.with)
    );
    const params = { prompt, calls: done, kvHeads };
    table.replaceChildren(...callTable(sent, params, say));
  }

  /** The cells that this call works out light up for a moment. */
  function light(): void {
    const call = state().calls[done - 1];
    if (call === undefined || still(model)) {
      return;
    }
    const first = cached ? call.from : 0;
    const wide = 100 / sent.positions;
    const high = 100 / callCount();
    flash.style.cssText = `left:${first * wide}%;width:${(call.to - first) * wide}%;top:${(done - 1) * high}%;height:${high}%`;
    flash.animate([{ opacity: 0.9 }, { opacity: 0 }], { duration: 300 });
  }

  function legend(): HTMLElement {
    return element(
      'p',
      { class: 'nl-legend' },
      ...(['fresh', 'repeated', 'stored'] as const).map(kind => {
        const swatch = element('i');
        swatch.style.background = `rgb(${COLOURS[kind].join()})`;
        return element('span', {}, swatch, say(kind));
      })
    );
  }

  function caption(): string {
    return say('recorded', example.steps, example.tokens[0] ?? '');
  }
}

function limit({ node }: ISlider, most: number): void {
  const range = node.querySelector('input');
  if (range !== null) {
    range.max = String(most);
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(Math.round(value), least), most);
}
