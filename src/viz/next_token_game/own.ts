/** The box for the learner's own beginning: the model reads along while they type. */
import type { IModel } from '../kit/host';
import type { Words } from '../kit/strings';
import { textField } from '../kit/textfield';
import type { Key } from './words';

/** So many signs fit: far more than the model reads, so that a pasted text is not cut in silence. */
const LONGEST = 4_000;

/** `read` answers what is wrong with a text, if anything. */
export function ownText(
  model: IModel,
  say: Words<Key>,
  read: (text: string) => string
): HTMLElement {
  const samples = (['try1', 'try2', 'try3'] as const).map(key => say(key));
  return textField(model, say('own'), samples, read, {
    most: LONGEST,
    lines: 2
  }).node;
}
