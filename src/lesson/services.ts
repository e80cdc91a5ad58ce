/** What the forms of a lesson are handed. Types only. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Pictures } from '../pictures/pictures';
import type { ILearned, ISession } from '../tokens';

export interface IServices {
  readonly learned: ILearned;
  readonly session: ISession;
  readonly trans: TranslationBundle;
  /** The pictures of one output; they leave with it. */
  pictures(signal: AbortSignal): Pictures;
  copy(text: string): void;
}

export interface IFormProps extends IServices {
  /** The notebook that the output stands in; it leads the server to the workspace. */
  readonly document: string;
}
