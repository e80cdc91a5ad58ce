/** The box for the learner's own beginning. What is typed into it stays in it. */
import { element } from '../kit/dom';
import type { Words } from '../kit/strings';
import type { Key } from './words';

/** So many signs fit; with the model's own limit in tokens more would hardly be read. */
const LONGEST = 2_000;

/** `put` reads the text; without it the box is there, but closed. */
export function ownText(
  say: Words<Key>,
  text: string,
  put: ((text: string) => void) | null
): HTMLElement {
  const box = element('input', {
    type: 'text',
    maxlength: String(LONGEST),
    autocomplete: 'off',
    spellcheck: 'false'
  });
  box.value = text;
  // letters typed here are no commands of the picture, nor of what is around it
  box.addEventListener('keydown', event => event.stopPropagation());
  const read = element('button', { type: 'submit' }, say('read'));
  const form = element(
    'form',
    { class: 'nl-own' },
    element('label', {}, say('own'), box),
    read
  );
  form.addEventListener('submit', event => {
    event.preventDefault();
    put?.(box.value);
  });
  if (put === null) {
    box.disabled = read.disabled = true;
    form.append(element('p', { class: 'nl-about' }, say('ownNeeds')));
  }
  return form;
}
