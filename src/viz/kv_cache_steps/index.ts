/**
 * kv_cache_steps: write token by token, with the cache off and on, and count the work and
 * the room. The mathematics is in compute.ts, the bars in counters.ts, the guesses in
 * questions.ts, the sentences in texts.ts; this file holds the state and shows it.
 */
import { button, checkbox, element, onKey, slider } from '../kit/dom';
import { pointable, pointableWithin, pointing } from '../kit/focus';
import { whole } from '../kit/format';
import { guesses } from '../kit/guess';
import { heatmap, type ICell, type IHeatmap } from '../kit/heatmap';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { Player } from '../kit/player';
import { words } from '../kit/strings';
import { dress, still } from '../kit/theme';
import { liveText, twin } from '../kit/twin';
import { compute, type ICache } from './compute';
import { roomView, workView } from './counters';
import example from './example.json';
import { given } from './inputs';
import meta from './meta.json';
import { questions } from './questions';
import { COLOURS, STYLE } from './style';
import { callText, cellText, workOf } from './texts';
import { STRINGS } from './words';

export { compute, meta };

const HEAD = ['call', 'reads', 'total', 'totalWith', 'bytes'] as const;

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const sent = given(model);
  const { tokens, positions, longest } = sent;
  const param = params(model, leaving, meta.params, (key, value) =>
    key === 'step' ? moveTo(value) : setPrompt(value)
  );
  let prompt = clamp(param('prompt'), 1, positions);
  let done = clamp(param('step'), 0, callCount());
  let kvHeads = sent.kvHeads;
  let cached = false;
  /** The cell pointed at, if any; else the text is about the last call. */
  let cell: ICell | null = null;

  const place = element('div');
  const now = element('p', { class: 'nl-now' });
  const live = liveText();
  const work = workView(say);
  const room = roomView(say, sent, chosen => {
    kvHeads = chosen;
    show();
    live.textContent = room.text();
  });
  const check = checkbox(say('cache'), setCached);
  const table = twin(model);

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
  const moveStep = slider(paramStep, say('step'), moveTo);
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
  const point = pointing(model, leaving, focus => {
    const column = focus?.token;
    const row = focus?.row ?? Math.max(done - 1, 0);
    const fits = column !== undefined && column >= 0 && column < positions;
    cell = fits ? { row: clamp(row, 0, callCount() - 1), column } : null;
    show();
  });

  pointable(room.heads, point, () => ({ concept: 'attention.gqa' }));
  pointableWithin(room.heads, point);

  let map: IHeatmap;
  const flash = element('span', { class: 'nl-flash' });
  begin();
  root.append(
    element('p', {}, say('intro')),
    guesses(
      model,
      questions(say, {
        positions,
        end: start =>
          compute(sent, {
            prompt: start,
            calls: positions - start + 1,
            kvHeads
          }),
        run(start, keep) {
          setPrompt(start);
          done = 0;
          setCached(keep);
          return player.play(Infinity, still(model));
        }
      })
    ),
    element(
      'div',
      { class: 'nl-controls' },
      moveStep.node,
      play,
      movePrompt.node,
      check.node
    ),
    element(
      'div',
      { class: 'nl-both' },
      element('div', {}, place, legend(), now),
      element(
        'div',
        {},
        work.node,
        element(
          'p',
          {},
          say(
            'outlook',
            whole(longest),
            whole((longest * (longest + 1)) / 2),
            whole(longest)
          )
        )
      )
    ),
    room.node,
    element(
      'p',
      { class: 'nl-soft' },
      say('recorded', example.steps, example.tokens[0] ?? '')
    ),
    live,
    table.node
  );
  onKey(root, 'c', () => setCached(!cached));

  /** How many calls there are depends on the prompt, so the map is made anew. */
  function begin(): void {
    player.pause();
    done = clamp(done, 0, callCount());
    cell = null;
    const { calls } = state();
    map = heatmap(
      {
        label: say('map'),
        rows: calls.map((_, n) => say('row', n + 1)),
        columns: tokens
      },
      {
        pointing: point,
        focus: ({ row, column }) => ({ token: column, row, column }),
        choose({ row }) {
          player.pause();
          done = Math.max(done, row + 1);
        }
      }
    );
    map.node.querySelector('.nl-map-cells')?.append(flash);
    place.replaceChildren(map.node);
    moveStep.limit(calls.length);
    movePrompt.limit(positions);
    show();
  }

  function setPrompt(value: number): void {
    prompt = clamp(value, 1, positions);
    begin();
  }

  function setCached(value: boolean): void {
    cached = check.box.checked = value;
    show();
    const { without, with: once } = state();
    live.textContent = cached
      ? say('switchedOn', once)
      : say('switchedOff', without);
  }

  function moveTo(value: number): void {
    player.pause();
    go(value);
  }

  function go(value: number): void {
    done = clamp(value, 0, callCount());
    cell = null;
    show();
    light();
  }

  function callCount(): number {
    return positions - prompt + 1;
  }

  function state(calls = done): ICache {
    return compute(sent, { prompt, calls, kvHeads });
  }

  function show(): void {
    const cache = state();
    const finished = cache.calls.slice(0, done);
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
    work.show(cache, finished, state(callCount()), cached);
    room.show(cache, kvHeads, cached);
    live.textContent = say(
      'live',
      now.textContent,
      whole(cache.without),
      whole(cache.with)
    );
    table.show(
      HEAD.map(key => say(key)),
      rows
    );
  }

  function rows(): string[][] {
    return Array.from({ length: done }, (_, n) => {
      const cache = state(n + 1);
      const { places, without, with: once, bytes } = cache;
      return [
        say(cache.calls[n]?.phase ?? 'decode', n + 1),
        ...[places, without, once, bytes].map(whole)
      ];
    });
  }

  /** The cells that this call works out light up for a moment. */
  function light(): void {
    const call = state().calls[done - 1];
    if (call === undefined || still(model)) {
      return;
    }
    const first = cached ? call.from : 0;
    const wide = 100 / positions;
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
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(Math.round(value), least), most);
}
