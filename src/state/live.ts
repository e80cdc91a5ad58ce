/**
 * Keeps the session up to date by itself: the one listener on Jupyter's event bus (its
 * socket is open anyway), and a look at the files when the learner comes back to the
 * window. What follows from it is the session's business.
 */
import type { Event } from '@jupyterlab/services';

import { CHANGED_EVENT, type Changed } from '../api/types.gen';

interface IFollower {
  heard(changed: Changed): Promise<void>;
  lookAgain(): Promise<void>;
}

/** What it returns ends it. `page` is the browser's window. */
export function keepUpToDate(
  session: IFollower,
  stream: Event.Stream,
  page: Window
): () => void {
  const onEvent = (_: unknown, event: Event.Emission): void => {
    if (event.schema_id === CHANGED_EVENT) {
      void session.heard(event as unknown as Changed);
    }
  };
  const onReturn = (): void => {
    if (page.document.visibilityState === 'visible') {
      void session.lookAgain();
    }
  };
  stream.connect(onEvent);
  page.addEventListener('focus', onReturn);
  page.document.addEventListener('visibilitychange', onReturn);
  return () => {
    stream.disconnect(onEvent);
    page.removeEventListener('focus', onReturn);
    page.document.removeEventListener('visibilitychange', onReturn);
  };
}
