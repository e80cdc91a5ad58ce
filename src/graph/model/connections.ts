/** The connections of one node, grouped by what they say. Pure. */
import type { IInView } from './filter';
import type { EdgeKind, IGraphModel, IGraphNode } from './model';

/** A neighbour, and the edge that is the reason. */
export interface IConnection {
  readonly node: IGraphNode;
  readonly edge: number;
}

export interface IConnectionGroup {
  readonly kind: EdgeKind;
  readonly outgoing: boolean;
  /** Each neighbour once, in the order of the graph. */
  readonly connections: readonly IConnection[];
}

/** What helps a learner most comes first: ideas, then the code's shape, then its use. */
export const KINDS: readonly EdgeKind[] = [
  'explains',
  'defines',
  'prerequisite',
  'teaches',
  'visualizes',
  'contains',
  'inherits',
  'overrides',
  'calls',
  'instantiates',
  'imports',
  'references'
];

/** Only connections in view; a kind's two directions stand one after the other. */
export function connectionsOf(
  model: IGraphModel,
  node: IGraphNode,
  view: IInView
): readonly IConnectionGroup[] {
  return KINDS.flatMap(kind =>
    // Before "is needed for" comes "needs": the way back first.
    [false, true].flatMap(outgoing => {
      const found = new Map<number, IConnection>();
      for (const { edge, other, outgoing: out } of model.links[node.index]) {
        if (
          out === outgoing &&
          model.edges[edge].kind === kind &&
          view.edges[edge] === 1 &&
          !found.has(other)
        ) {
          found.set(other, { node: model.nodes[other], edge });
        }
      }
      return found.size === 0
        ? []
        : [{ kind, outgoing, connections: [...found.values()] }];
    })
  );
}

/** All edges in view between two nodes, in either direction; the most telling first. */
export function between(
  model: IGraphModel,
  one: number,
  other: number,
  view: IInView
): readonly number[] {
  const edges = model.links[one]
    .filter(link => link.other === other && view.edges[link.edge] === 1)
    .map(({ edge }) => edge);
  return edges.sort(
    (a, b) =>
      KINDS.indexOf(model.edges[a].kind) - KINDS.indexOf(model.edges[b].kind) ||
      a - b
  );
}
