/** What the panel says while there is nothing to ask about. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { IWaitingWords } from '../parts/waiting';

export function waitingWords(trans: TranslationBundle): IWaitingWords {
  return {
    loading: trans.__('Looking at the workspace…'),
    reading: trans.__('Reading the code and the notes…'),
    notIndexed: name =>
      trans.__('Nobody has read “%1” yet, so it cannot be asked.', name),
    indexing: trans.__(
      'Indexing reads the code and the notes; then you can ask about them.'
    )
  };
}
