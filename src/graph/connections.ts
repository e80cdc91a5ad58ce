/** The connections of one node, grouped by what they say. Pure. */
import type { EdgeKind, IGraphModel, IGraphNode } from './model';

export interface IConnectionGroup {
  readonly kind: EdgeKind;
  readonly outgoing: boolean;
  /** Each neighbour once, in the order of the graph. */
  readonly nodes: readonly IGraphNode[];
}

/** What helps a learner most comes first: ideas, then the code's shape, then its use. */
const ORDER: readonly EdgeKind[] = [
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

/** Only connections to shown nodes; a kind's two directions stand one after the other. */
export function connectionsOf(
  model: IGraphModel,
  node: IGraphNode,
  visible: Uint8Array
): readonly IConnectionGroup[] {
  return ORDER.flatMap(kind =>
    // Before "is needed for" comes "needs": the way back first.
    [false, true].flatMap(outgoing => {
      const found = new Set<number>();
      for (const link of model.links[node.index]) {
        if (
          link.outgoing === outgoing &&
          model.edges[link.edge].kind === kind &&
          visible[link.other] === 1
        ) {
          found.add(link.other);
        }
      }
      return found.size === 0
        ? []
        : [{ kind, outgoing, nodes: [...found].map(n => model.nodes[n]) }];
    })
  );
}
