/**
 * Sentences to the learner as toasts. JupyterLab keeps a notification out of sight
 * unless it is told how long to show it, so that is decided here, once.
 */
import { Notification } from '@jupyterlab/apputils';

import { ApiError } from '../api/failure';

/** Milliseconds; long enough to read two sentences. */
const READING_TIME = 8000;

export function tellInfo(sentence: string): void {
  Notification.info(sentence, { autoClose: READING_TIME });
}

export function tellWarning(sentence: string): void {
  Notification.warning(sentence, { autoClose: READING_TIME });
}

export function tellSuccess(sentence: string): void {
  Notification.success(sentence, { autoClose: READING_TIME / 2 });
}

/** Anything thrown, with its next step; it stays until the learner closes it. */
export function tellError(thrown: unknown): void {
  Notification.error(ApiError.from(thrown).message, { autoClose: false });
}
