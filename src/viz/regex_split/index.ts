/**
 * regex_split: type a text and see where it is cut, and by which rule. The cuts are in
 * compute.ts, the guesses in questions.ts; this file holds the state and shows it.
 */
import { beginning, shippedVocabulary, visible } from '../kit/bpe';
import { element } from '../kit/dom';
import { pointing } from '../kit/focus';
import { guesses } from '../kit/guess';
import { type IModel, type Leaving, picture } from '../kit/host';
import { words } from '../kit/strings';
import { textField } from '../kit/textfield';
import { dress } from '../kit/theme';
import { type ITile, tiles } from '../kit/tiles';
import shipped from '../kit/tokenizer.json';
import { liveText, twin } from '../kit/twin';
import { compute, type ICutPiece, type ICuts } from './compute';
import example from './example.json';
import meta from './meta.json';
import { questions } from './questions';
import { STYLE } from './style';
import { RULES, STRINGS } from './words';

export { compute, meta };

/** So much is drawn of a text that a host sends. */
const MOST = 300;

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const vocabulary = shippedVocabulary();
  let cuts: ICuts = { pieces: [], tokens: 0 };
  let chosen = 0;
  const set = (text: string): void => {
    cuts = compute({ text, vocabulary });
    chosen = 0;
    field.show(text);
    show();
  };

  const point = pointing(model, leaving, focus => {
    const at = focus?.token ?? -1;
    if (at >= 0 && at < cuts.pieces.length && at !== chosen) {
      chosen = at;
      show();
    }
  });
  const field = textField(model, say('field'), example.samples, set, {
    most: MOST,
    lines: 2
  });
  const row = tiles(
    say('pieces'),
    piece => {
      chosen = piece;
      show();
    },
    point,
    piece => ({ token: piece })
  );
  const counted = element('p', {});
  const how = element('p', { class: 'nl-how' });
  const lines = RULES.map((key, n) => {
    const cut = element('span', { class: 'nl-cuts' });
    const node = element(
      'li',
      { 'data-kind': String(n) },
      element('b', {}, String(n + 1)),
      element('span', {}, say(key)),
      cut,
      element('code', {}, shipped.rules[n] ?? '')
    );
    return { node, cut };
  });
  const live = liveText();
  const table = twin(model);
  root.append(
    element('p', {}, say('intro')),
    guesses(
      model,
      questions(say, {
        draw(text) {
          set(text);
          return cuts;
        }
      })
    ),
    field.node,
    element('p', { class: 'nl-small' }, say('pieces')),
    row.node,
    counted,
    how,
    element('p', { class: 'nl-small' }, say('rules')),
    element(
      'ol',
      { class: 'nl-rules', 'aria-label': say('rules') },
      ...lines.map(({ node }) => node)
    ),
    element('p', { class: 'nl-small' }, say('browser')),
    live,
    table.node
  );
  set(beginning(model.get('text') ?? example.text, MOST));

  function show(): void {
    const { pieces, tokens } = cuts;
    const now = pieces[chosen];
    row.show(
      pieces.map((piece): ITile => ({
        text: visible(piece.text),
        under: String(piece.rule + 1),
        label: say('tile', visible(piece.text), piece.rule + 1),
        kind: String(piece.rule)
      })),
      chosen
    );
    counted.textContent =
      pieces.length === 0
        ? say('empty')
        : say(
            pieces.length === 1 ? 'countOne' : 'counts',
            pieces.length,
            tokens
          );
    how.textContent = now === undefined ? '' : explained(now);
    lines.forEach(({ node, cut }, n) => {
      node.toggleAttribute('data-chosen', n === now?.rule);
      cut.textContent = say(
        'cut',
        pieces.filter(({ rule }) => rule === n).length
      );
    });
    live.textContent = say('live', counted.textContent, how.textContent);
    table.show([say('piece'), say('rule'), say('of'), say('ids')], () =>
      pieces.length === 0
        ? [['–', '–', say('empty'), '–']]
        : pieces.map(({ text, rule, ids }) => [
            visible(text),
            String(rule + 1),
            say(RULES[rule] ?? 'rule6'),
            ids.map(id => vocabulary.name(id)).join(' · ')
          ])
    );
  }

  function explained({ text, rule, ids }: ICutPiece): string {
    const told = say(
      rule === 0 ? 'first' : 'later',
      chosen + 1,
      visible(text),
      say(RULES[rule] ?? 'rule6'),
      rule + 1
    );
    return (
      told +
      (ids.length === 1
        ? say('oneToken')
        : say(
            'tokens',
            ids.length,
            ids.map(id => vocabulary.name(id)).join(' · ')
          ))
    );
  }
}
