/** The box for the learner's own beginning: the model reads along while they type. */
import type { Words } from '../kit/strings';
import { textField } from '../kit/textfield';
import type { Key } from './words';

/** So many signs fit: far more than the model reads, so that a pasted text is not cut in silence. */
const LONGEST = 4_000;

export function ownText(
  say: Words<Key>,
  read: (text: string) => void
): HTMLElement {
  const samples = (['try1', 'try2', 'try3', 'try4'] as const).map(key =>
    say(key)
  );
  const { node } = textField(say('own'), samples, read, {
    most: LONGEST,
    lines: 2
  });
  // letters typed here are no commands of the picture
  node
    .querySelector('textarea')
    ?.addEventListener('keydown', event => event.stopPropagation());
  return node;
}
