/**
 * When to ask again what was learned: a cell has run (the kernel writes evidence), the
 * server says so, the learner comes back to the window, the network is back.
 */
import type { Event } from '@jupyterlab/services';
import type { ISignal } from '@lumino/signaling';

import { CHANGED_EVENT, PROGRESS_EVENT } from '../api/types.gen';
import type { ILearned } from '../tokens';

/** Milliseconds; several cells that run one after the other ask once. */
const PAUSE = 400;

/** What it returns ends it. `executed`: a cell has run. `page` is the browser's window. */
export function followLearning(
  learned: Pick<ILearned, 'look' | 'recall' | 'send'>,
  stream: Event.Stream,
  executed: ISignal<unknown, unknown>,
  page: Window
): () => void {
  let timer = 0;
  const soon = (): void => {
    page.clearTimeout(timer);
    timer = page.setTimeout(() => void learned.look(), PAUSE);
  };
  const onEvent = (_: unknown, event: Event.Emission): void => {
    if (event.schema_id === PROGRESS_EVENT) {
      void learned.recall();
      soon();
    } else if (event.schema_id === CHANGED_EVENT) {
      soon();
    }
  };
  const onReturn = (): void => {
    if (page.document.visibilityState === 'visible') {
      void learned.send().then(() => learned.recall());
      soon();
    }
  };
  stream.connect(onEvent);
  executed.connect(soon);
  page.addEventListener('focus', onReturn);
  page.addEventListener('online', onReturn);
  return () => {
    page.clearTimeout(timer);
    stream.disconnect(onEvent);
    executed.disconnect(soon);
    page.removeEventListener('focus', onReturn);
    page.removeEventListener('online', onReturn);
  };
}
