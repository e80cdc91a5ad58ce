/** What the parts of the panel are handed. Types only. */
import type { IThemeManager } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import type { NodeId } from '../api/types.gen';
import type { IApi, IField, ILearned, ISession } from '../tokens';
import type { Arranged, KeptChoice } from './kept-choice';
import type { Pins } from './layout/pins';
import type { IInView } from './model/filter';
import type { IGraphModel } from './model/model';
import type { Masteries } from './model/mastery';

export interface IServices {
  readonly api: IApi;
  readonly session: ISession;
  readonly commands: CommandRegistry;
  readonly themes: IThemeManager | null;
  readonly pins: Pins;
  readonly arrangement: KeptChoice<Arranged>;
  readonly learned: ILearned;
  /** Concepts are coloured by what was understood. */
  readonly byMastery: IField<boolean>;
  readonly trans: TranslationBundle;
}

/** What the map and the list show alike, and what both can ask for. */
export interface IShown {
  readonly model: IGraphModel;
  /** What the filter lets through. */
  readonly view: IInView;
  readonly selection: NodeId | null;
  /** Nodes that somebody points at, in this panel or elsewhere. */
  readonly pointed: ReadonlySet<NodeId>;
  readonly pinned: ReadonlySet<NodeId>;
  /** How far concepts are understood; null: that is not shown. */
  readonly mastery: Masteries | null;
  readonly select: (id: NodeId | null) => void;
  readonly open: (id: NodeId) => void;
  /** To the place that is the reason of an edge. */
  readonly openReason: (edge: number) => void;
  /** The tutor, about a node. */
  readonly ask: (id: NodeId) => void;
  /** The learner points at a node (null: no longer). */
  readonly point: (id: NodeId | null) => void;
  /** The learner looks at these connections in a list: the map shows them. */
  readonly tell: (edges: readonly number[]) => void;
  readonly trans: TranslationBundle;
}

/** Something the panel is asked to do once. A new object each time. */
export type Wish =
  | { readonly kind: 'nearby' }
  | { readonly kind: 'all' }
  | { readonly kind: 'tidy' }
  | { readonly kind: 'pin'; readonly id: NodeId }
  | { readonly kind: 'save'; readonly format: 'png' | 'svg' }
  | {
      readonly kind: 'path';
      readonly from: NodeId;
      readonly to: NodeId | null;
    };
