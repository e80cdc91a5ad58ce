/** What is to be known about an answer, as sentences. Pure. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Message, Usage } from '../../api/types.gen';

export function notesOn(message: Message, trans: TranslationBundle): string[] {
  const notes: string[] = [];
  if (message.state === 'stopped') {
    notes.push(trans.__('You stopped this answer.'));
  } else if (message.state === 'broken') {
    notes.push(trans.__('This answer broke off; what came is kept.'));
  }
  if (message.struck > 0) {
    notes.push(
      trans._n(
        '%1 place that the model named does not exist in this code. It was struck out.',
        '%1 places that the model named do not exist in this code. They were struck out.',
        message.struck
      )
    );
  }
  if (message.unsupported.length > 0) {
    notes.push(
      trans._n(
        '%1 number about your run is not supported by any record. It is marked: do not trust it.',
        '%1 numbers about your run are not supported by any record. They are marked: do not trust them.',
        message.unsupported.length
      )
    );
  }
  return notes;
}

/** `some/model · 1,204 tokens · free · 3.1 s` */
export function usageOf(usage: Usage, trans: TranslationBundle): string {
  const { model, prompt_tokens, answer_tokens, cost, seconds } = usage;
  const parts = [
    model,
    trans.__(
      '%1 tokens sent, %2 received',
      prompt_tokens.toLocaleString(),
      answer_tokens.toLocaleString()
    )
  ];
  if (cost !== null) {
    parts.push(
      cost === 0 ? trans.__('free') : trans.__('$%1', cost.toPrecision(2))
    );
  }
  parts.push(trans.__('%1 s', seconds.toFixed(1)));
  return parts.join(' · ');
}
