/** What of the graph is in view: hidden types and clusters, the surroundings of a node. Pure. */
import type { ClusterId } from '../../api/types.gen';
import type { EdgeKind, IGraphModel, NodeType } from './model';

export interface IFilter {
  readonly hiddenTypes: ReadonlySet<NodeType>;
  /** Concepts of these clusters are hidden. */
  readonly hiddenClusters: ReadonlySet<ClusterId>;
  /** Connections of these kinds are neither drawn nor walked. */
  readonly hiddenKinds: ReadonlySet<EdgeKind>;
}

/** What a filter lets through: one byte per node and per edge, 1 where it is shown. */
export interface IInView {
  readonly nodes: Uint8Array;
  readonly edges: Uint8Array;
}

/** Libraries are off until asked for: they tie everything to everything. */
export const DEFAULT_FILTER: IFilter = {
  hiddenTypes: new Set<NodeType>(['external']),
  hiddenClusters: new Set<ClusterId>(),
  hiddenKinds: new Set<EdgeKind>()
};

export function isDefault(filter: IFilter): boolean {
  return (
    filter.hiddenClusters.size === 0 &&
    filter.hiddenKinds.size === 0 &&
    filter.hiddenTypes.size === 1 &&
    filter.hiddenTypes.has('external')
  );
}

export function shown(model: IGraphModel, filter: IFilter): IInView {
  const nodes = Uint8Array.from(model.nodes, ({ type, cluster }) =>
    filter.hiddenTypes.has(type) ||
    (cluster !== null && filter.hiddenClusters.has(cluster))
      ? 0
      : 1
  );
  const edges = Uint8Array.from(model.edges, ({ source, target, kind }) =>
    nodes[source] === 1 && nodes[target] === 1 && !filter.hiddenKinds.has(kind)
      ? 1
      : 0
  );
  return { nodes, edges };
}

/** The same set with one member more or less. */
export function toggled<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(member)) {
    next.add(member);
  }
  return next;
}

/** Enough to fill a panel; more would be the whole map again. */
const ROOM = 90;

/**
 * The nodes within `hops` links of the start, as indices, nearest first, the start
 * included. Only shown nodes are entered, and a hub far from the start is not walked
 * through once `room` is used up; among equally near nodes the better linked come first.
 */
export function focusSet(
  model: IGraphModel,
  start: readonly number[],
  hops: number,
  view: IInView,
  room = ROOM
): ReadonlySet<number> {
  const found = new Set(start.filter(index => view.nodes[index] === 1));
  let rim = [...found];
  for (let hop = 0; hop < hops && found.size < room; hop++) {
    const next = new Set<number>();
    for (const index of rim) {
      for (const { other, edge } of model.links[index]) {
        if (view.edges[edge] === 1 && !found.has(other)) {
          next.add(other);
        }
      }
    }
    rim = [...next].sort(
      (a, b) => model.nodes[b].degree - model.nodes[a].degree || a - b
    );
    // The first ring is never cut: a node's own neighbours belong to it.
    rim = hop === 0 ? rim : rim.slice(0, Math.max(0, room - found.size));
    rim.forEach(index => found.add(index));
  }
  return found;
}
