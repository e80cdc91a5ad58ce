/** What the parts of the panel are handed. Types only. */
import type { IThemeManager } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import type { NodeId } from '../api/types.gen';
import type { IApi, ISession } from '../tokens';
import type { IGraphModel } from './model';

export interface IServices {
  readonly api: IApi;
  readonly session: ISession;
  readonly commands: CommandRegistry;
  readonly themes: IThemeManager | null;
  readonly trans: TranslationBundle;
}

/** What the map and the list show alike. */
export interface IShown {
  readonly model: IGraphModel;
  /** One byte per node: 1 where the filter lets it through. */
  readonly visible: Uint8Array;
  readonly selection: NodeId | null;
  readonly select: (id: NodeId) => void;
  readonly open: (id: NodeId) => void;
  readonly trans: TranslationBundle;
}
