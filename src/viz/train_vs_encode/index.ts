/**
 * train_vs_encode: one lane learns the list, the other reads it. Both jobs are in compute.ts,
 * what stands in the lanes in lanes.ts; this file holds the state and shows it.
 */
import { beginning } from '../kit/bpe';
import { choice } from '../kit/choice';
import { button, element, onKey, slider } from '../kit/dom';
import { pointing } from '../kit/focus';
import { whole } from '../kit/format';
import { guesses } from '../kit/guess';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { words } from '../kit/strings';
import { textField } from '../kit/textfield';
import { dress } from '../kit/theme';
import { type ITile, tiles } from '../kit/tiles';
import { liveText, twin } from '../kit/twin';
import { compute, type ILanes } from './compute';
import example from './example.json';
import { listLines, lookTexts, looksTable } from './lanes';
import meta from './meta.json';
import { questions } from './questions';
import { STYLE } from './style';
import { STRINGS } from './words';

export { compute, meta };

const WHICH = ['plain', 'bud'] as const;
const MOST = 40;

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const param = params(model, leaving, meta.params, (_, value) => go(value));
  let which: (typeof WHICH)[number] = 'plain';
  const sent = beginning(model.get('text') ?? example.text, MOST);
  let text = sent;
  let lanes: ILanes;
  let step = 0;
  let chosen = 0;
  const name = (id: number): string => lanes.vocabulary.name(id);
  const last = (): number => merges() + lanes.looks.length;
  const merges = (): number => lanes.learning.length - 1;
  const set = (next: { which?: typeof which; text?: string }): void => {
    ({ which = which, text = text } = next);
    const { texts } = example.golden[which];
    lanes = compute({ texts, text, merges: example.merges });
    field.show(text);
    move.limit(last());
    go(step);
  };
  const go = (to: number): void => {
    step = Math.min(Math.max(Math.round(to), 0), last());
    show();
  };

  const point = pointing(model, leaving, focus => {
    const at = focus?.row ?? -1;
    if (at >= 0 && at < learned().length && at !== chosen) {
      chosen = at;
      show();
    }
  });
  const pick = choice(
    say('which'),
    WHICH.map(key => say(key)),
    n => set({ which: WHICH[n] ?? 'plain' })
  );
  const field = textField(
    model,
    say('field'),
    example.samples,
    next => {
      // whoever types wants to see it cut
      step = Infinity;
      set({ text: next });
    },
    { most: MOST }
  );
  const row = tiles(
    say('learn'),
    piece => {
      chosen = piece;
      show();
    },
    point,
    piece => ({ row: piece })
  );
  const move = slider(meta.params.step, say('step'), go);
  const counted = element('p', {});
  const list = element('div', { class: 'nl-list' });
  const used = element('div');
  const learnLane = element(
    'div',
    { class: 'nl-lane nl-learn' },
    element('h4', {}, say('learn')),
    row.node,
    counted,
    element('p', { class: 'nl-small' }, say('list')),
    list
  );
  const useLane = element(
    'div',
    { class: 'nl-lane nl-use' },
    element('h4', {}, say('use')),
    used
  );
  const same = element('p', { class: 'nl-same' });
  const how = element('p', { class: 'nl-how' });
  const live = liveText();
  const table = twin(model);
  const question = element('div');
  root.append(
    element('p', {}, say('intro')),
    question,
    pick.node,
    field.node,
    move.node,
    element(
      'div',
      { class: 'nl-bytes' },
      button(say('next'), () => go(step + 1)),
      button(say('restart'), () => go(0))
    ),
    element('div', { class: 'nl-lanes' }, learnLane, useLane),
    same,
    how,
    element('p', { class: 'nl-small' }, agreement()),
    live,
    table.node
  );
  set({});
  question.append(
    guesses(
      model,
      questions(say, {
        show(next, given, to) {
          step = to < 0 ? Infinity : to;
          set({ which: next, text: given });
          return lanes;
        },
        lookedUp: ({ looks }) => sumText(looks.map(({ makes }) => makes.length))
      })
    )
  );
  set({ text: sent });
  go(param('step'));
  onKey(root, 'n', () => go(step + 1));
  onKey(root, 'r', () => go(0));

  /** The pieces of all words as learning has them by now. */
  function learned() {
    const now = Math.min(step, merges());
    return (lanes.learning[now]?.words ?? []).flatMap(({ ids, times }) =>
      ids.map((id, n) => ({ id, times, first: n === 0, ids }))
    );
  }

  function show(): void {
    const written = Math.min(step, merges());
    const looks = lanes.looks.slice(0, Math.max(step - merges(), 0));
    const pieces = learned();
    chosen = Math.min(chosen, pieces.length - 1);
    pick.show(WHICH.indexOf(which));
    move.show(step);
    row.show(
      pieces.map(({ id, times, first, ids }): ITile => ({
        text: name(id),
        under: first && times > 1 ? `${id} ×${times}` : String(id),
        label: say('tile', name(id), id, ids.map(name).join('')),
        kind: id < 256 ? '' : id === 255 + step ? 'new' : 'glued',
        opens: first
      })),
      chosen
    );
    learnLane.toggleAttribute('data-now', step > 0 && step <= merges());
    useLane.toggleAttribute('data-now', looks.length > 0);
    counted.textContent = say(
      'counted',
      written === 0 ? say('none') : sumText(lanes.counted.slice(0, written))
    );
    list.replaceChildren(
      ...listLines(say, lanes, written, step === written && step > 0)
    );
    used.replaceChildren(
      ...(looks.length === 0
        ? [
            element(
              'p',
              {},
              written < merges()
                ? say('waits')
                : text === ''
                  ? say('nothing')
                  : say('toCome', text)
            )
          ]
        : [
            looksTable(say, looks, name),
            element(
              'p',
              {},
              say('lookedUp', sumText(looks.map(({ makes }) => makes.length)))
            )
          ])
    );
    const end = step === last() && text !== '';
    same.textContent = end ? result() : '';
    const piece = pieces[chosen];
    how.textContent =
      piece === undefined
        ? ''
        : say(
            piece.times === 1 ? 'howOnce' : 'how',
            name(piece.id),
            piece.id,
            piece.ids.map(name).join(''),
            piece.times
          );
    live.textContent = say(
      'live',
      step,
      last(),
      list.textContent ?? '',
      same.textContent ?? '',
      how.textContent
    );
    table.show([say('pieces'), say('pairs'), say('smallest')], () =>
      lanes.looks.length === 0
        ? [['–', say('nothing'), '–']]
        : lanes.looks.map(look => lookTexts(say, look, name))
    );
  }

  /** The ids, and how learning had left the same text, if it was among those. */
  function result(): string {
    const { ids, learning } = lanes;
    const cut = ids.map(name).join(' · ');
    const bytes = ids.flatMap(id => lanes.vocabulary.bytes(id)).join();
    const left = learning
      .at(-1)
      ?.words.find(
        word =>
          word.ids.flatMap(id => lanes.vocabulary.bytes(id)).join() === bytes
      );
    const told =
      left === undefined
        ? say('unseen', text, cut)
        : left.ids.join() === ids.join()
          ? say('same', text, left.ids.map(name).join(' · '))
          : '';
    return `${say('result', text, ids.join(', '))} ${told}`;
  }

  function agreement(): string {
    const all = example.agreement;
    return say(
      'real',
      whole(all.stories),
      all.same_merges,
      all.merges,
      all.others,
      whole(all.tokens),
      all.same_stories
    );
  }

  function sumText(parts: readonly number[]): string {
    const total = parts.reduce((sum, part) => sum + part, 0);
    return parts.length > 1
      ? say('total', parts.join(' + '), total)
      : String(total);
  }
}
