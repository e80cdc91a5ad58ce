/** What the parts of the panel are handed. Types only. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import type { ISession } from '../tokens';
import type { OpenTrace } from './open-trace';
import type { Room } from './room';

export interface IServices {
  readonly room: Room;
  readonly session: ISession;
  readonly commands: CommandRegistry;
  readonly trans: TranslationBundle;
}

/** What stands in a part of an open trace. */
export interface IPart extends IServices {
  readonly trace: OpenTrace;
}
