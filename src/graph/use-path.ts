/** The way that the learner asks for: from a node, later to a node. Kept by id. */
import * as React from 'react';

import type { NodeId } from '../api/types.gen';
import type { IInView } from './model/filter';
import type { IGraphModel, IGraphNode } from './model/model';
import { type IPath, shortestPath } from './model/path';

export interface IWay {
  /** null: no way is asked for. */
  readonly from: IGraphNode | null;
  readonly to: IGraphNode | null;
  readonly path: IPath | null;
  /** The end is still to be chosen. */
  readonly wanted: boolean;
  readonly start: (from: NodeId, to: NodeId | null) => void;
  /** A node was chosen: true if it was the end that is still wanted. */
  readonly take: (id: NodeId) => boolean;
  readonly turn: () => void;
  readonly close: () => void;
}

export function usePath(model: IGraphModel, view: IInView): IWay {
  const [ends, setEnds] = React.useState<{
    readonly from: NodeId;
    readonly to: NodeId | null;
  } | null>(null);
  const node = (id: NodeId | null | undefined): IGraphNode | null =>
    id === null || id === undefined ? null : (model.byId.get(id) ?? null);
  const [from, to] = [node(ends?.from), node(ends?.to)];
  const path = React.useMemo(
    () =>
      from === null || to === null
        ? null
        : shortestPath(model, from.index, to.index, view),
    [model, view, from, to]
  );
  const wanted = from !== null && to === null;
  return {
    from,
    to,
    path,
    wanted,
    start: (start, end) => setEnds({ from: start, to: end }),
    take: id => {
      if (wanted) {
        setEnds({ from: from.id, to: id });
      }
      return wanted;
    },
    turn: () =>
      setEnds(
        from === null || to === null ? null : { from: to.id, to: from.id }
      ),
    close: () => setEnds(null)
  };
}
