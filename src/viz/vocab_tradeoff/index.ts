/**
 * vocab_tradeoff: move the size of the vocabulary; the text gets shorter, the tables longer. The
 * counts are in compute.ts, the guesses in questions.ts; this file holds the state and shows it.
 */
import { bars, type IBar } from '../kit/bars';
import { beginning } from '../kit/bpe';
import { element, slider } from '../kit/dom';
import { pointing } from '../kit/focus';
import { fixed, whole } from '../kit/format';
import { guesses } from '../kit/guess';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { words } from '../kit/strings';
import { oneNumber } from '../kit/tensor';
import { textField } from '../kit/textfield';
import { dress } from '../kit/theme';
import { type ITile, tiles } from '../kit/tiles';
import { liveText, twin } from '../kit/twin';
import { compute, type ITrade, sized } from './compute';
import example from './example.json';
import meta from './meta.json';
import { questions } from './questions';
import { STYLE } from './style';
import { STRINGS } from './words';

export { compute, meta };

const MOST = 200;
const { sizes, special } = example;

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const width = oneNumber(model, 'n_embd', example.width);
  const vocabularies = sized(
    example.merges,
    sizes.map(({ size }) => size),
    special
  );
  const [known = '', foreign = ''] = example.texts;
  const measure = (text: string): ITrade[] =>
    compute({ text, vocabularies, width });
  const param = params(model, leaving, meta.params, (_, value) => go(value));
  const within = (place: number): number =>
    Math.min(Math.max(Math.round(place), 0), sizes.length - 1);

  let text = beginning(model.get('text') ?? known, MOST);
  let list = measure(text);
  let place = within(param('size'));
  let chosen = 0;
  /** Sizes are drawn up to the largest one tried: the rest is for you to find out. */
  let reached = place;
  const go = (next: number): void => {
    place = within(next);
    reached = Math.max(reached, place);
    show();
  };
  const set = (next: string): void => {
    text = next;
    list = measure(text);
    field.show(text);
    show();
  };

  const point = pointing(model, leaving, focus => {
    const { token = -1, column = -1 } = focus ?? {};
    if (column >= 0 && column < sizes.length) {
      return light(column);
    }
    light(-1);
    if (token >= 0 && token < ids().length && token !== chosen) {
      chosen = token;
      show();
    }
  });
  const drawn = {
    from: 0,
    pointing: point,
    focus: (column: number) => ({ column })
  };
  const textBars = bars(sizes.length, { ...drawn, to: 1, height: 90 });
  const tableBars = bars(sizes.length, { ...drawn, to: 1, height: 90 });
  tableBars.node.classList.add('nl-tables');
  const field = textField(model, say('field'), example.texts, set, {
    most: MOST
  });
  const move = slider(meta.params.size, say('size'), go);
  const row = tiles(
    say('cut'),
    token => {
      chosen = token;
      show();
    },
    point,
    token => ({ token })
  );
  const now = element('p', { class: 'nl-now' });
  const story = element('p', { class: 'nl-story' });
  const how = element('p', { class: 'nl-how' });
  const live = liveText();
  const table = twin(model);
  root.append(
    element('p', {}, say('intro', whole(example.learned_from))),
    guesses(
      model,
      questions(say, {
        known,
        foreign,
        measure,
        place: size => sizes.findIndex(one => one.size === size),
        show(next, at) {
          reached = at;
          place = at;
          set(next);
          return list;
        }
      })
    ),
    field.node,
    move.node,
    now,
    element('p', { class: 'nl-row-name' }, say('cut')),
    row.node,
    how,
    element('p', { class: 'nl-row-name' }, say('tokens')),
    textBars.node,
    element('p', { class: 'nl-row-name' }, say('tables', width)),
    tableBars.node,
    story,
    live,
    table.node
  );
  field.show(text);
  go(param('size'));

  function ids(): readonly number[] {
    return list[place]?.ids ?? [];
  }

  function light(column: number): void {
    const at = column < 0 ? place : column;
    const most = {
      tokens: Math.max(...list.map(one => one.ids.length), 1),
      numbers: Math.max(...list.map(one => one.numbers))
    };
    const bar = (n: number, value: number, written: string): IBar => ({
      value: n <= reached ? value : 0,
      text: n <= reached ? written : '?',
      name: String(sizes[n]?.size)
    });
    textBars.show(
      list.map((one, n) =>
        bar(n, one.ids.length / most.tokens, String(one.ids.length))
      ),
      at
    );
    tableBars.show(
      list.map((one, n) =>
        bar(n, one.numbers / most.numbers, fixed(one.numbers / 1000, 0))
      ),
      at
    );
  }

  function show(): void {
    const one = list[place] as ITrade;
    const facts = sizes[place] as (typeof sizes)[number];
    chosen = Math.min(chosen, Math.max(one.ids.length - 1, 0));
    move.show(place, whole(one.size));
    row.show(
      one.ids.map((id): ITile => ({
        text: one.vocabulary.name(id),
        under: String(id),
        label: say('tile', one.vocabulary.name(id), id),
        kind: id < 256 ? 'byte' : ''
      })),
      chosen
    );
    light(-1);
    now.textContent =
      text === ''
        ? say('empty')
        : say(
            'now',
            whole(one.size),
            one.ids.length,
            width,
            whole(one.numbers)
          );
    const last = place === sizes.length - 1 ? say('most') : '';
    const ships = one.size === example.shipped ? say('shipped') : '';
    const merges = one.size - 256 - special;
    story.textContent =
      say('story', fixed(facts.story_tokens, 0), example.unseen) +
      (merges === 0
        ? ''
        : say(
            'seldom',
            whole(facts.seldom),
            whole(merges),
            example.seldom_below
          )) +
      last +
      ships;
    how.textContent = explained(one);
    live.textContent = say(
      'live',
      whole(one.size),
      now.textContent,
      how.textContent
    );
    table.show(
      [
        say('column'),
        say('tokensColumn'),
        say('storyColumn'),
        say('numbersColumn'),
        say('seldomColumn', example.seldom_below)
      ],
      () =>
        list.map(({ size, ids: all, numbers }, n) => [
          whole(size),
          String(all.length),
          fixed(sizes[n]?.story_tokens ?? 0, 0),
          whole(numbers),
          whole(sizes[n]?.seldom ?? 0)
        ])
    );
  }

  function explained({ ids: all, vocabulary }: ITrade): string {
    const id = all[chosen];
    if (id === undefined) {
      return '';
    }
    const name = vocabulary.name(id);
    return id < 256
      ? say('howByte', name, id)
      : say('how', name, id, whole(id + 1 + special), id, special);
  }
}
