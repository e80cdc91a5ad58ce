/**
 * bpe_merges: guess the winning pair, then glue it. The learning is in compute.ts, the count in
 * counted.ts, the guesses in questions.ts; this file holds the state and shows it.
 */
import { mergesOf, Vocabulary } from '../kit/bpe';
import { button, element, onKey, slider } from '../kit/dom';
import { pointing } from '../kit/focus';
import { guesses } from '../kit/guess';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { words } from '../kit/strings';
import { textField } from '../kit/textfield';
import { dress } from '../kit/theme';
import { type ITile, tiles } from '../kit/tiles';
import { liveText, twin } from '../kit/twin';
import { compute, type IMerges, MOST, pieces, textsOf } from './compute';
import { countedLines } from './counted';
import example from './example.json';
import meta from './meta.json';
import { questions } from './questions';
import { STYLE } from './style';
import { STRINGS } from './words';

export { compute, meta };

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const param = params(model, leaving, meta.params, (_, value) => go(value));
  const sent = model.get('texts');
  const texts = Array.isArray(sent) ? sent.map(String) : example.texts;

  let now: IMerges;
  let vocabulary = new Vocabulary([]);
  let chosen = 0;
  const name = (id: number): string => vocabulary.name(id);
  const learnFrom = (list: readonly string[], step: number): void => {
    now = compute({ texts: list }, { step: Math.round(step) });
    vocabulary = new Vocabulary(mergesOf(now.states));
    chosen = 0;
    move.limit(Math.max(now.merges.length, 1));
    const asks = questions(say, { merges: now.merges, name, go });
    const { step: asked } = now;
    question.replaceChildren(...(asks.length ? [guesses(model, asks)] : []));
    go(asked); // the first guess has gone back to the bytes
  };
  const go = (step: number): void => {
    const most = now.merges.length;
    now = { ...now, step: Math.min(Math.max(Math.round(step), 0), most) };
    show();
  };

  const point = pointing(model, leaving, focus => {
    const at = focus?.token ?? -1;
    if (at >= 0 && at < all().length && at !== chosen) {
      chosen = at;
      show();
    }
  });
  const question = element('div');
  const field = textField(model, say('field'), example.samples, line =>
    learnFrom(textsOf(line), 0)
  );
  const row = tiles(
    say('pieces'),
    piece => {
      chosen = piece;
      show();
    },
    point,
    piece => ({ token: piece })
  );
  const did = element('p', { class: 'nl-did' });
  const move = slider({ ...meta.params.step, max: MOST }, say('merges'), go);
  const counted = element('div', { class: 'nl-counts' });
  const how = element('p', { class: 'nl-how' });
  const live = liveText();
  const table = twin(model);
  const next = (): void => go(now.step + 1);
  const restart = (): void => go(0);
  root.append(
    element('p', {}, say('intro')),
    question,
    field.node,
    // above what grows and shrinks with each merge: the next click is where the last one was
    move.node,
    element(
      'div',
      { class: 'nl-bytes' },
      button(say('next'), next),
      button(say('restart'), restart)
    ),
    row.node,
    did,
    counted,
    how,
    live,
    table.node
  );
  onKey(root, 'n', next);
  onKey(root, 'r', restart);
  field.show(texts.join(', '));
  learnFrom(texts, param('step'));

  /** Every piece of every word, and how often its word occurs. */
  function all() {
    return (now.states[now.step]?.words ?? []).flatMap(({ ids, times }) =>
      ids.map((id, n) => ({ id, times, first: n === 0, ids }))
    );
  }

  function show(): void {
    const { step, merges, states } = now;
    const state = states[step];
    const list = all();
    chosen = Math.min(chosen, Math.max(list.length - 1, 0));
    row.show(
      list.map(({ id, times, first, ids }): ITile => {
        const whole = ids.map(name).join('');
        return {
          text: name(id),
          under: first && times > 1 ? `${id} ×${times}` : String(id),
          label: say('tile', name(id), id, whole),
          kind: id === 255 + step && step > 0 ? 'new' : id > 255 ? 'glued' : '',
          opens: first
        };
      }),
      chosen
    );
    move.show(step);
    const merge = merges[step - 1];
    const count = state === undefined ? 0 : pieces(state);
    did.textContent =
      merge === undefined
        ? count === 0
          ? say('nothing')
          : count === 1
            ? say('startOne')
            : say('start', count)
        : say(
            'did',
            step,
            name(merge.left),
            name(merge.right),
            name(merge.id),
            merge.id,
            merge.before,
            merge.before - merge.after,
            merge.after
          ) + (state?.counts.length === 0 ? say('done') : '');
    counted.replaceChildren(...countedLines(say, merge, name));
    how.textContent = explained(list[chosen]?.id);
    live.textContent = say(
      'live',
      did.textContent ?? '',
      list.map(({ id }) => name(id)).join(' '),
      how.textContent
    );
    table.show(
      [say('number'), say('pieces'), say('times'), say('newId'), say('left')],
      rows
    );
  }

  function explained(id: number | undefined): string {
    if (id === undefined) {
      return '';
    }
    const merge = now.merges[id - 256];
    return merge === undefined
      ? say('isByte', name(id), id)
      : say(
          'isMerge',
          name(id),
          id,
          id - 255,
          name(merge.left),
          merge.left,
          name(merge.right),
          merge.right,
          merge.times
        );
  }

  function rows(): string[][] {
    const done = now.merges.slice(0, now.step);
    const none = [['0', say('none'), '–', '–', String(pieces(now.states[0]!))]];
    return [
      ...none,
      ...done.map(({ left, right, times, id, after }, n) => [
        String(n + 1),
        say('pair', name(left), name(right)),
        String(times),
        String(id),
        String(after)
      ])
    ];
  }
}
