/**
 * packing_rows: guess which document goes into the row next, and watch what is left over. The
 * packing is in compute.ts, the rows in rows.ts, the guesses in questions.ts; this file holds
 * the state and shows it.
 */
import { button, element, onKey, slider } from '../kit/dom';
import { pointing } from '../kit/focus';
import { percent } from '../kit/format';
import { guesses } from '../kit/guess';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { words } from '../kit/strings';
import { numbers } from '../kit/tensor';
import { textField } from '../kit/textfield';
import { dress } from '../kit/theme';
import { type ITile, tiles } from '../kit/tiles';
import { liveText, twin } from '../kit/twin';
import { compute, type IPacking, lengthsOf, nameOf, tally } from './compute';
import example from './example.json';
import meta from './meta.json';
import { questions } from './questions';
import { COLOURS, rowLines, rowTexts } from './rows';
import { STYLE } from './style';
import { STRINGS } from './words';

export { compute, meta };

/** So many documents are packed; more than that nobody reads. */
const MOST = 40;

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const param = params(model, leaving, meta.params, (name, value) =>
    name === 'step' ? go(value) : set({ slots: value })
  );
  const { min, max } = meta.params.slots;
  let lengths = numbers(model.get('lengths'), example.lengths).slice(0, MOST);
  let slots = param('slots');
  let packing: IPacking;
  let step = 0;
  let chosen = 0;
  const set = (next: { lengths?: number[]; slots?: number }, to = 1): void => {
    ({ lengths = lengths, slots = slots } = next);
    lengths = lengths.slice(0, MOST);
    slots = Math.min(Math.max(Math.round(slots), min), max);
    packing = compute({ lengths }, { slots });
    move.limit(Math.max(packing.picks.length, 1));
    const asks = questions(say, { packing, slots, go });
    question.replaceChildren(...(asks.length ? [guesses(model, asks)] : []));
    go(to);
  };
  const go = (to: number): void => {
    step = Math.min(Math.max(Math.round(to), 0), packing.picks.length);
    show();
  };

  const point = pointing(model, leaving, focus => {
    const at = focus?.row ?? -1;
    if (at >= 0 && at < lengths.length && at !== chosen) {
      chosen = at;
      show();
    }
  });
  const question = element('div');
  const field = textField(model, say('field'), example.samples, line => {
    const read = lengthsOf(line);
    if (read === null) {
      return say('bad');
    }
    set({ lengths: read });
    return '';
  });
  const documents = tiles(
    say('documents'),
    document => {
      chosen = document;
      show();
    },
    point,
    document => ({ row: document })
  );
  const move = slider(meta.params.step, say('step'), go);
  const room = slider(meta.params.slots, say('slots'), value =>
    set({ slots: value })
  );
  const rows = element('div', { class: 'nl-rows' });
  const did = element('p', { class: 'nl-did' });
  const waste = element('p', { class: 'nl-waste' });
  const how = element('p', { class: 'nl-how' });
  const live = liveText();
  const table = twin(model);
  root.append(
    element('p', {}, say('intro')),
    question,
    field.node,
    element('p', { class: 'nl-row-name' }, say('documents')),
    documents.node,
    element('p', { class: 'nl-row-name' }, say('rows')),
    rows,
    did,
    element('div', { class: 'nl-controls' }, move.node, room.node),
    element(
      'div',
      { class: 'nl-bytes' },
      button(say('next'), () => go(step + 1)),
      button(say('restart'), () => go(0))
    ),
    waste,
    how,
    live,
    table.node
  );
  onKey(root, 'n', () => go(step + 1));
  onKey(root, 'r', () => go(0));
  field.show(lengths.join(', '));
  set({}, param('step'));

  function show(): void {
    const done = packing.picks.slice(0, step);
    const rowOf = (document: number): number =>
      done.find(pick => pick.document === document && pick.kind !== 'fills')
        ?.row ?? -1;
    documents.show(
      lengths.map((length, document): ITile => {
        const row = rowOf(document);
        return {
          text: nameOf(document),
          under: row < 0 ? say('waits', length) : say('inRow', length, row + 1),
          label: say(
            'tile',
            nameOf(document),
            length,
            row < 0 ? say('isWaiting') : say('isPacked', row + 1)
          ),
          kind: `${document % COLOURS} ${row < 0 ? 'waits' : 'packed'}`
        };
      }),
      chosen
    );
    move.show(step);
    room.show(slots);
    rows.replaceChildren(...rowLines(say, done, slots, chosen));
    did.textContent = didText();
    const { rows: count, documents: whole, fresh } = tally(done);
    const places = count * slots;
    const full = done.at(-1);
    const complete =
      full !== undefined && full.at + full.tokens === slots && places > 0;
    waste.textContent = complete
      ? say(
          'waste',
          count,
          slots,
          places,
          fresh,
          percent((places - fresh) / places, 0),
          whole,
          percent((whole * slots - fresh) / (whole * slots), 0)
        )
      : '';
    how.textContent = explained(rowOf(chosen));
    live.textContent = say('live', did.textContent, how.textContent);
    table.show(
      [
        say('rowColumn'),
        say('opened'),
        say('then'),
        say('left'),
        say('filled')
      ],
      () => rowTexts(say, done, slots)
    );
  }

  function didText(): string {
    const pick = packing.picks[step - 1];
    if (pick === undefined) {
      return say(lengths.length === 0 ? 'none' : 'start');
    }
    const left = slots - pick.at - pick.tokens;
    const told = say(
      pick.kind,
      nameOf(pick.document),
      pick.row + 1,
      pick.tokens,
      left,
      slots - pick.at
    );
    return step === packing.picks.length && left === 0
      ? `${told} ${say('end')}`
      : told;
  }

  function explained(row: number): string {
    const length = packing.lengths[chosen];
    if (length === undefined) {
      return '';
    }
    const all = lengths[chosen] as number;
    const done = packing.picks.slice(0, step);
    const of = (fills: boolean) =>
      done.find(
        ({ document, kind }) =>
          document === chosen && (kind === 'fills') === fills
      );
    const pick = of(false);
    const early = of(true);
    const lost = packing.lost[chosen] as number;
    const told =
      pick === undefined
        ? say('howWaits', nameOf(chosen), all)
        : say(
            pick.kind === 'opens' ? 'howOpens' : 'howFits',
            nameOf(chosen),
            all,
            row + 1,
            pick.at + 1
          );
    return (
      told +
      (early === undefined ? '' : say('again', early.tokens, early.row + 1)) +
      (lost > 0 ? say('lost', lost) : '')
    );
  }
}
