/** What the parts of a page are handed. Types only. */
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Anchor, GlossaryTerm, NodeId } from '../api/types.gen';
import type { IField, ISession } from '../tokens';
import type { Guesses } from './note/questions';
import type { IPageActions } from './parts';
import type { IChosen } from '../markdown/kernels';
import type { PictureSlots } from './slots';

/** What a page is drawn with; the same for every page but the pictures. */
export interface IPageContext {
  readonly rendermime: IRenderMimeRegistry;
  readonly trans: TranslationBundle;
  readonly session: ISession;
  readonly slots: PictureSlots;
  readonly mathematics: IField<boolean>;
  readonly guesses: Guesses;
  readonly actions: IPageActions & {
    openNode(id: NodeId): void;
    openCode(anchor: Anchor): void;
  };
  /** The words of the glossary; empty where there is none. */
  terms(): Promise<readonly GlossaryTerm[]>;
  /** The kernel that runs code now. */
  choose(): Promise<IChosen>;
  highlight(code: string, host: HTMLElement): Promise<void>;
}
