/** What the parts of the panel are handed. Types only. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import type { ILearned, ISession } from '../tokens';

export interface IServices {
  readonly learned: ILearned;
  readonly session: ISession;
  readonly commands: CommandRegistry;
  readonly trans: TranslationBundle;
}
