/** What the parts of the tutor are handed. Types only. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import type { ISession, ITraceApi, ITutorApi } from '../tokens';
import type { Circumstances } from './circumstances';

export interface IServices {
  readonly api: ITutorApi;
  readonly traces: ITraceApi;
  readonly session: ISession;
  readonly circumstances: Circumstances;
  readonly commands: CommandRegistry;
  readonly trans: TranslationBundle;
}
