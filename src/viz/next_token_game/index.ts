/**
 * next_token_game: be the model. Guess the next token of a story, see what the model gave to
 * each, choose one, write on by chance, or begin with a text of your own. The model itself
 * runs here when the host brings its files (kit/gpt); else recorded numbers are shown. The
 * state of the text is in telling.ts; this file shows it.
 */
import { choice } from '../kit/choice';
import { button, element, onKey, slider } from '../kit/dom';
import { type IFocus, pointing } from '../kit/focus';
import { whole } from '../kit/format';
import { guesses } from '../kit/guess';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { Player } from '../kit/player';
import { words } from '../kit/strings';
import { dress, still } from '../kit/theme';
import { liveText, twin } from '../kit/twin';
import { candidates, rankOf } from './candidates';
import { textStrip } from './chips';
import { compute } from './compute';
import example from './example.json';
import { questions } from './game';
import { headButtons, type IHead, sharpest } from './looking';
import meta from './meta.json';
import { ownText } from './own';
import { brought, recorded, STOPS } from './source';
import { STYLE } from './style';
import { Telling } from './telling';
import { explained, type IFound, rows, spoken, tabled, tail } from './texts';
import { STRINGS } from './words';

export { compute, meta };

/** Milliseconds from token to token while the model writes: slow enough to read along. */
const PACE = 260;
/** So many tokens are written in a row; with motion cut, at once. */
const ROW = 40;

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const { running, refusal } = brought(model);
  const source = running ?? recorded();
  const param = params(model, leaving, meta.params, (name, value) =>
    set({ [name]: value })
  );
  let choosing = { temperature: param('temperature'), top_k: param('top_k') };
  const set = (next: Partial<typeof choosing>): void => {
    choosing = { ...choosing, ...next };
    show();
  };
  const telling = new Telling(
    source,
    running,
    () => choosing,
    () => show()
  );
  leaving.add(() => running?.reading.stop());
  let covered = false;
  let looks = false;
  let head: IHead = { layer: 0, head: 0 };
  /** What is pointed at, if anything. */
  let lit = -1;
  let marked: number | undefined;
  let overHead: IHead | null = null;

  const point = pointing(model, leaving, focus => {
    marked = focus?.token;
    lit = rankOf(focus);
    overHead = headOf(focus);
    show();
  });
  const freely =
    (act: () => void): (() => void) =>
    () => {
      covered = false; // whoever goes on by themselves need not guess
      player.pause();
      act();
    };
  const list = candidates(
    say,
    rank => freely(() => telling.take(rank))(),
    point
  );
  const heads = headButtons(
    source.layers,
    source.heads,
    say,
    next => {
      head = next;
      show();
    },
    point
  );
  const strip = textStrip(telling, say, point);
  const about = element('p', { class: 'nl-about nl-model' });
  const after = element('p', { class: 'nl-after' });
  const how = element('p', { class: 'nl-how' });
  const notice = element('p', { class: 'nl-notice' });
  const temperature = slider(meta.params.temperature, say('temperature'), to =>
    set({ temperature: to })
  );
  const topK = slider(meta.params.top_k, say('topK'), to => set({ top_k: to }));
  const bars = choice(say('bars'), [say('barsGiven'), say('barsLook')], n => {
    looks = n === 1;
    show();
  });
  const liveLine = liveText();
  const table = twin(model);
  const player = new Player(
    root,
    leaving,
    () => telling.next(),
    () => show(),
    PACE
  );
  const write = button(say('write'), () => toggle());
  write.dataset.play = '';
  const throws = button(
    '',
    freely(() => telling.throwAnew())
  );
  throws.hidden = running === null;
  const toggle = (): void => {
    if (player.playing || telling.reading) {
      player.pause();
      telling.stop();
    } else {
      covered = false;
      void player.play(ROW, still(model));
    }
  };
  const story = example.story.texts.slice(1).join('');
  const { ids } = example.story;
  /** Whether the story is made of this model's tokens, and fits into its context. */
  const playable =
    running === null ||
    (running.context >= ids.length &&
      running.model.tokenizer.encode(story).join() === ids.slice(1).join());
  const start = (): void => {
    const length = (STOPS[0] as number) + 1;
    if (playable) {
      void telling.story(length);
    } else {
      telling.begin(example.story.texts.slice(1, length).join(''));
    }
  };
  const reset = (): void => {
    start();
    set({
      temperature: meta.params.temperature.default,
      top_k: meta.params.top_k.default
    });
  };
  const next = freely(() => void telling.next());
  const back = freely(() => telling.back());
  Object.entries({ n: next, p: toggle, b: back, r: freely(reset) }).forEach(
    ([key, act]) => onKey(root, key, act)
  );

  start();
  head = sharpest(source, telling.at);
  const question = playable
    ? guesses(
        model,
        questions(say, {
          show(length, cover) {
            player.pause();
            covered = cover;
            return telling.story(length);
          },
          shares: () => shares(),
          settings: set
        })
      )
    : null;
  const own =
    running === null
      ? element('p', { class: 'nl-about' }, say('ownNeeds'))
      : ownText(model, say, text => {
          player.pause();
          const wrong = telling.begin(text);
          covered &&= wrong !== null;
          show();
          return wrong === null ? '' : say(...wrong);
        });
  root.append(
    element('p', {}, say('intro')),
    about,
    ...(question === null ? [] : [question]),
    own,
    strip.node,
    bars.node,
    heads.node,
    after,
    list.node,
    how,
    notice,
    element('div', { class: 'nl-controls' }, temperature.node, topK.node),
    element(
      'div',
      { class: 'nl-deeds' },
      button(say(running === null ? 'nextRecorded' : 'next'), next),
      write,
      button(say('back'), back),
      throws,
      button(say('reset'), freely(reset))
    ),
    liveLine,
    table.node
  );

  function headOf(focus: IFocus | null): IHead | null {
    const { row: layer, head: number } = focus ?? {};
    return layer !== undefined &&
      number !== undefined &&
      layer < source.layers &&
      number < source.heads
      ? { layer, head: number }
      : null;
  }

  /** The shares of the place in view, as they are set now. */
  function shares(): IFound | null {
    const seen = source.seen(telling.at);
    if (seen === null) {
      return null;
    }
    const all = compute(seen, choosing);
    return { all, name: rank => seen.name(all.order[rank] as number) };
  }

  /** What the text goes on with behind the place in view, if it does. */
  function came(): string | null {
    const { at, ids } = telling;
    return at + 1 < ids.length ? telling.text(at + 1) : null;
  }

  /** Where the numbers come from, and what the newest one cost. */
  function origin(): string {
    return running === null
      ? say('recorded', example.model, whole(example.weights))
      : say(
          'live',
          running.model.name,
          whole(running.model.weights),
          running.reading.cost.toFixed(1),
          running.model.kind
        );
  }

  function show(): void {
    const { at } = telling;
    const looking = looks ? (overHead ?? head) : null;
    strip.show(looking, marked);
    bars.show(looks ? 1 : 0);
    heads.node.hidden = !looks;
    heads.show(looking ?? head);
    about.textContent = [refusal, origin()].filter(Boolean).join(' ');
    const read = tail(strip.read(at));
    after.textContent = say('after', read);
    const found = covered ? null : shares();
    const instead = covered
      ? say('covered')
      : say(running === null ? 'unknown' : 'unread');
    list.show(found === null ? instead : rows(found, came(), say), lit);
    how.textContent =
      found === null ? '' : explained(found, Math.max(lit, 0), choosing, say);
    how.hidden = found === null;
    notice.textContent = telling.notice === null ? '' : say(...telling.notice);
    temperature.show(choosing.temperature);
    topK.show(
      choosing.top_k,
      choosing.top_k === 0 ? say('all') : String(choosing.top_k)
    );
    const working = player.playing || telling.reading;
    write.textContent = say(working ? 'stop' : 'write');
    throws.textContent = say('throws', telling.seed);
    const best = found === null ? instead : spoken(found);
    liveLine.textContent = `${say('spoken', read, best)} ${notice.textContent}`;
    table.show([say('token'), say('score'), say('power'), say('share')], () =>
      found === null ? [[instead, '–', '–', '–']] : tabled(found)
    );
  }
}
