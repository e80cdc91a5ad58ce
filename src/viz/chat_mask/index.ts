/**
 * chat_mask: two chats in a row as training gets it; which tokens count, and what the model finds
 * hard before and after it learned from those alone. The mask is in compute.ts, the guesses in
 * questions.ts, the sentences about tokens in telling.ts; this file holds the state and shows it.
 */
import { choice } from '../kit/choice';
import { element, onKey } from '../kit/dom';
import { pointing } from '../kit/focus';
import { fixed, percent } from '../kit/format';
import { guesses } from '../kit/guess';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { words } from '../kit/strings';
import { dress } from '../kit/theme';
import { tiles } from '../kit/tiles';
import { liveText, twin } from '../kit/twin';
import { compute, type IMasked, type Rule, RULES, SPEAKERS } from './compute';
import example from './example.json';
import { given } from './inputs';
import meta from './meta.json';
import { questions } from './questions';
import { STYLE } from './style';
import { telling } from './telling';
import { STRINGS } from './words';

export { compute, meta };

const ABOUT = {
  answers: 'aboutAnswers',
  tools: 'aboutTools',
  chats: 'aboutChats',
  places: 'aboutPlaces'
} as const;

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const sent = given(model);
  const { tokens, ids, isRecorded } = sent;
  const tell = telling(sent, say);
  const of = (by: Rule, learning: number): IMasked =>
    compute(
      { tokens, ids, losses: sent.losses[learning] ?? null },
      { rule: by }
    );
  const param = params(model, leaving, meta.params, (key, value) =>
    key === 'rule'
      ? set(ruleAt(value), learned)
      : set(rule, isRecorded && value >= 0.5 ? 1 : 0)
  );

  let rule = ruleAt(param('rule'));
  let learned: 0 | 1 = isRecorded && param('learned') >= 0.5 ? 1 : 0;
  /** A token that counts, if there is any. */
  let chosen = of('answers', 0).questions.findIndex(({ counts }) => counts) + 1;
  /** Whether it is still to be guessed which tokens count. */
  let covered = false;
  const set = (next: Rule, learning: 0 | 1, hidden = false): void => {
    [rule, learned, covered] = [next, learning, hidden];
    show();
  };

  const point = pointing(model, leaving, focus => {
    const at = focus?.token ?? -1;
    if (at >= 0 && at < tokens.length && at !== chosen) {
      chosen = at;
      show();
    }
  });
  const row = tiles(
    say('row'),
    token => {
      chosen = token;
      show();
    },
    point,
    token => ({ token })
  );
  const rules = choice(
    say('rule'),
    RULES.map(key => say(key)),
    n => set(ruleAt(n), learned)
  );
  const models = choice(say('model'), [say('before'), say('after')], n =>
    set(rule, n === 0 ? 0 : 1)
  );
  const below = element('p', { class: 'nl-row-name' });
  const parts = element('ul', { class: 'nl-parts' });
  const step = element('div', { class: 'nl-step', 'aria-hidden': 'true' });
  const about = element('p', {});
  const counted = element('p', { class: 'nl-count' });
  const how = element('p', { class: 'nl-how' });
  const live = liveText();
  const table = twin(model);
  const named = (name: string): HTMLElement =>
    element('p', { class: 'nl-row-name' }, name);
  root.append(
    element('p', {}, say('intro')),
    ...(isRecorded ? [guesses(model, questions(say, { of, show: set }))] : []),
    named(say('rule')),
    rules.node,
    about,
    ...(isRecorded ? [named(say('model')), models.node] : []),
    below,
    row.node,
    how,
    parts,
    step,
    counted,
    element(
      'p',
      { class: 'nl-small' },
      isRecorded ? say('recorded', tokens.length, example.steps) : say('given')
    ),
    live,
    table.node
  );
  if (isRecorded) {
    onKey(root, 'b', () => set(rule, learned === 0 ? 1 : 0, covered));
  }
  show();

  function show(): void {
    const masked = of(rule, learned);
    rules.show(covered ? -1 : RULES.indexOf(rule));
    models.show(learned);
    about.textContent = covered ? '' : say(ABOUT[rule]);
    below.textContent = say(
      covered
        ? 'belowCovered'
        : sent.losses.length > 0
          ? 'below'
          : 'belowTarget'
    );
    row.show(tell.tiles(masked, covered), chosen);
    how.textContent = tell.token(masked, chosen, covered);
    counted.textContent = covered ? '' : countText(masked);
    counted.hidden = covered;
    showParts(masked);
    live.textContent = say('live', counted.textContent, how.textContent);
    const head = isRecorded
      ? [say('lossBefore'), say('lossAfter')]
      : [say('loss')];
    table.show([say('token'), say('from'), say('target'), ...head], () =>
      tell.rows(masked, covered)
    );
  }

  /** Who wrote how much, and how much of that counts; below it what a step of learning is about. */
  function showParts({ questions: asked }: IMasked): void {
    const found = SPEAKERS.map(from => {
      const all = asked.filter(one => one.from === from);
      const counting = all.filter(({ counts }) => counts).length;
      return { from, all: all.length, counting };
    }).filter(({ all }) => all > 0);
    parts.replaceChildren(
      ...found.map(({ from, all, counting }) =>
        element(
          'li',
          { 'data-from': from },
          element('i'),
          covered ? say(from) : say('partCounts', say(from), counting, all)
        )
      )
    );
    step.hidden = covered;
    step.replaceChildren(
      ...found.map(({ from, counting }) => {
        const part = element('span', { 'data-from': from });
        part.style.flexGrow = String(counting);
        return part;
      })
    );
  }

  function countText({ questions: asked, counting, others }: IMasked): string {
    const { count, sum, mean } = counting;
    const byAssistant = asked.filter(
      ({ from, counts }) => counts && from === 'assistant'
    ).length;
    return (
      say('count', count, asked.length) +
      (sum === null || mean === null
        ? ''
        : say('mean', fixed(sum), count, fixed(mean))) +
      (others.mean === null ? '' : say('others', fixed(others.mean))) +
      (count > byAssistant
        ? say('step', byAssistant, count, percent(byAssistant / count, 0))
        : '')
    );
  }
}

function ruleAt(n: number): Rule {
  const at = Math.min(Math.max(Math.round(n), 0), RULES.length - 1);
  return RULES[at] ?? 'answers';
}
