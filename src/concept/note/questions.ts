/**
 * “Check yourself” as cards: a question, room for a guess, and its own answer behind a
 * button. A section of another shape is left as it was rendered.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import { button, element } from '../../markdown/dom';
import { questionsHeading } from './depth';
import { blocksBelow } from './headings';

/** What the learner wrote, by card. It lives as long as the panel and goes nowhere. */
export type Guesses = Map<string, string>;

let count = 0;

/** Turn the section into cards; `page` names the note whose guesses they are. */
export function askQuestions(
  note: HTMLElement,
  page: string,
  guesses: Guesses,
  trans: TranslationBundle
): void {
  const heading = questionsHeading(note);
  const found = heading === null ? null : pairs(blocksBelow(heading));
  if (found === null) {
    return;
  }
  const cards = found.questions.map((question, n) =>
    card(question, found.answers[n]!, n, `${page} ${n}`, guesses, trans)
  );
  found.list.replaceWith(
    element('ol', { class: 'jp-NanochatLearn-questions' }, ...cards)
  );
  found.fold.remove();
}

interface IPairs {
  readonly list: Element;
  readonly fold: Element;
  readonly questions: readonly Element[];
  readonly answers: readonly Element[];
}

/** One numbered list of questions, one fold with as many numbered answers; else null. */
function pairs(blocks: readonly Element[]): IPairs | null {
  const lists = blocks.filter(block => block.matches('ol'));
  const folds = blocks.filter(block => block.matches('details'));
  const [list] = lists;
  const [fold] = folds;
  if (
    list === undefined ||
    fold === undefined ||
    lists.length > 1 ||
    folds.length > 1
  ) {
    return null;
  }
  const inside = [...fold.children].filter(c => !c.matches('summary'));
  const [answers] = inside;
  if (inside.length !== 1 || answers?.matches('ol') !== true) {
    return null; // There is more in the fold than answers: nothing may get lost.
  }
  const same = list.children.length === answers.children.length;
  return same && list.children.length > 0
    ? {
        list,
        fold,
        questions: [...list.children],
        answers: [...answers.children]
      }
    : null;
}

function card(
  question: Element,
  answer: Element,
  n: number,
  key: string,
  guesses: Guesses,
  trans: TranslationBundle
): HTMLElement {
  const id = `jp-NanochatLearn-question-${count++}`;
  const guess = element('textarea', {
    attributes: {
      rows: '1',
      'aria-label': trans.__('Your guess for question %1', n + 1),
      placeholder: trans.__('Your guess, if you like')
    }
  });
  guess.value = guesses.get(key) ?? '';
  guess.addEventListener('input', () => guesses.set(key, guess.value));
  const shown = element('div', {
    class: 'jp-NanochatLearn-answer',
    attributes: { id: `${id}-answer` }
  });
  shown.append(...answer.childNodes);
  shown.hidden = true;
  const asked = element('div', { attributes: { id } });
  asked.append(...question.childNodes);
  const toggle = button({
    class: 'jp-NanochatLearn-action',
    attributes: { 'aria-controls': shown.id, 'aria-describedby': id },
    click: () => {
      shown.hidden = !shown.hidden;
      say();
    }
  });
  const say = (): void => {
    toggle.setAttribute('aria-expanded', String(!shown.hidden));
    toggle.textContent = shown.hidden
      ? trans.__('Show the answer')
      : trans.__('Hide the answer');
  };
  say();
  return element('li', {}, asked, guess, toggle, shown);
}
