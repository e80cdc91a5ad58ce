/**
 * shift_by_one: slide a row over itself by one place; below each input then stands its target.
 * Inputs and targets are in compute.ts, the guesses in questions.ts; this file holds the state
 * and shows it.
 */
import { beginning, shippedMarks, shippedVocabulary } from '../kit/bpe';
import { choice } from '../kit/choice';
import { element, onKey, slider } from '../kit/dom';
import { pointing } from '../kit/focus';
import { guesses } from '../kit/guess';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { words } from '../kit/strings';
import { textField } from '../kit/textfield';
import { dress } from '../kit/theme';
import { type ITile, tiles } from '../kit/tiles';
import { liveText, twin } from '../kit/twin';
import { compute, NO_QUESTION } from './compute';
import example from './example.json';
import meta from './meta.json';
import { type IShown, questions } from './questions';
import { STYLE } from './style';
import { STRINGS } from './words';

export { compute, meta };

const WHICH = ['note', 'own', 'chat'] as const;
type Which = (typeof WHICH)[number];
const MOST = 60;

interface IRow {
  readonly row: readonly number[];
  readonly names: readonly string[];
  readonly mask?: readonly boolean[];
}

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const vocabulary = shippedVocabulary();
  const marks = shippedMarks();
  const special = new Map(
    [...marks].map(([mark, id]) => [id, mark.slice(2, -2)])
  );
  const named = (ids: readonly number[]): string[] =>
    ids.map(id => special.get(id) ?? vocabulary.name(id));
  const param = params(model, leaving, meta.params, (_, value) => move(value));
  const sent = model.get('text');

  let text = beginning(sent ?? example.samples[0], MOST);
  let which: Which = sent === undefined ? 'note' : 'own';
  let shift = 0;
  let chosen = 0;
  const rowOf = (of: Which): IRow => {
    if (of === 'note') {
      return { row: example.ids, names: example.words };
    }
    const { row, mask } = example.chat;
    if (of === 'chat') {
      return { row, names: named(row), mask: mask.map(Boolean) };
    }
    const ids = [marks.get('<|bos|>') as number, ...vocabulary.encode(text)];
    return { row: ids, names: named(ids) };
  };
  let now = rowOf(which);
  const set = (next: Which, place = 0): void => {
    which = next;
    now = rowOf(which);
    chosen = Math.min(Math.max(place, 0), now.row.length - 1);
    show();
  };
  const move = (by: number): void => {
    shift = by >= 0.5 ? 1 : 0;
    show();
  };

  const point = pointing(model, leaving, focus => {
    const at = focus?.token ?? -1;
    if (at >= 0 && at < now.row.length && at !== chosen) {
      chosen = at;
      show();
    }
  });
  const pick = choice(
    say('which'),
    WHICH.map(key => say(key)),
    n => set(WHICH[n] ?? 'note')
  );
  const field = textField(
    model,
    say('field'),
    example.samples,
    next => {
      text = next;
      set('own');
    },
    { most: MOST }
  );
  const above = tiles(
    say('inputs'),
    place => {
      chosen = place;
      show();
    },
    point,
    place => ({ token: place })
  );
  const below = element('div', { class: 'nl-belt', 'aria-hidden': 'true' });
  const belts = element(
    'div',
    { class: 'nl-belts' },
    element('p', { class: 'nl-row-name' }, say('inputs')),
    above.node,
    element('p', { class: 'nl-row-name' }, say('targets')),
    below
  );
  const slide = slider(meta.params.shift, say('shift'), move);
  const counted = element('p', { class: 'nl-count' });
  const how = element('p', { class: 'nl-how' });
  const about = element('p', { class: 'nl-small' });
  const live = liveText();
  const table = twin(model);
  const question = element('div');
  root.append(
    element('p', {}, say('intro')),
    question,
    pick.node,
    slide.node,
    belts,
    how,
    counted,
    field.node,
    about,
    live,
    table.node
  );
  onKey(root, 's', () => move(1 - shift));
  field.show(text);
  const began = which;
  question.append(
    guesses(
      model,
      questions(say, {
        show(next, by, place): IShown {
          shift = by;
          set(next, place);
          return { ...now, targets: compute(now, { shift: by }).targets };
        }
      })
    )
  );
  set(began);
  move(param('shift'));

  function show(): void {
    const { row, names } = now;
    const { targets } = compute(now, { shift });
    pick.show(WHICH.indexOf(which));
    slide.show(shift);
    above.show(
      row.map((id, place): ITile => ({
        text: breakable(names[place] ?? ''),
        under: String(id),
        label: say('tile', place, names[place] ?? '', id),
        kind:
          shift === 1 && place === row.length - 1
            ? 'last'
            : place <= chosen
              ? 'read'
              : ''
      })),
      chosen
    );
    // the row of the note fits a narrow panel; marks have longer names
    belts.style.setProperty(
      '--nl-step',
      row.length > 4 ? '74px' : 'min(58px,25cqi)'
    );
    below.toggleAttribute('data-moved', shift === 1);
    below.replaceChildren(
      ...row.map((id, place) => {
        const none = place >= shift && targets[place - shift] === NO_QUESTION;
        const cell = element(
          'span',
          { class: 'nl-under' },
          none && shift === 1 ? '−1' : breakable(names[place] ?? ''),
          element(
            'small',
            {},
            none && shift === 1 ? breakable(names[place] ?? '') : String(id)
          )
        );
        cell.toggleAttribute('data-none', none && shift === 1);
        cell.toggleAttribute(
          'data-answer',
          place === chosen + shift && shift === 1
        );
        return cell;
      })
    );
    how.textContent = explained(targets);
    counted.textContent = countText(targets);
    about.textContent = say(which === 'note' ? 'madeUp' : 'real');
    live.textContent = say('live', how.textContent, counted.textContent);
    table.show(
      [say('place'), say('reads'), say('target'), say('targetId')],
      rows
    );
  }

  function explained(targets: readonly number[]): string {
    const { names } = now;
    if (shift === 0) {
      return say('itself', chosen, names[chosen] ?? '');
    }
    const target = targets[chosen];
    const read = names.slice(0, chosen + 1).join(' ');
    if (target === undefined) {
      return say('end', chosen);
    }
    return target === NO_QUESTION
      ? say('noAnswer', chosen, read)
      : say('answer', chosen, read, names[chosen + 1] ?? '', target) +
          say('hidden');
  }

  function countText(targets: readonly number[]): string {
    if (shift === 0) {
      return say('unmoved');
    }
    const asked = targets.filter(id => id !== NO_QUESTION).length;
    return (
      say('questions', now.row.length, targets.length) +
      (asked < targets.length ? say('asked', asked) : '')
    );
  }

  function rows(): string[][] {
    const { names } = now;
    const { inputs, targets } = compute(now);
    return inputs.length === 0
      ? [['–', '–', '–', '–']]
      : inputs.map((_, place) => [
          String(place),
          names.slice(0, place + 1).join(' '),
          targets[place] === NO_QUESTION ? '–' : (names[place + 1] ?? ''),
          String(targets[place]).replace('-', '−')
        ]);
  }
}

/** The name of a mark may break behind its stroke. */
function breakable(name: string): string {
  return name.replaceAll('_', '_\u200b');
}
