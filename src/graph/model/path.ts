/** The shortest way from one node to another along connections of any kind. Pure. */
import { KINDS } from './connections';
import type { IInView } from './filter';
import type { IGraphModel } from './model';

/** `nodes` is one longer than `edges`: edge n leads from node n to node n + 1. */
export interface IPath {
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
}

/**
 * null where there is no way. Directions do not matter: "is called by" is a reason like
 * "calls". Among equally short ways the one with the more telling reasons wins, and the
 * answer is the same each time.
 */
export function shortestPath(
  model: IGraphModel,
  from: number,
  to: number,
  view: IInView
): IPath | null {
  if (view.nodes[from] !== 1 || view.nodes[to] !== 1) {
    return null;
  }
  // From the end to the start, so that the steps come out in walking order.
  const steps = new Map<number, { edge: number; other: number } | null>();
  const costs = new Map<number, number>([[to, 0]]);
  steps.set(to, null);
  let rim = [to];
  while (rim.length > 0 && !steps.has(from)) {
    const next = new Map<number, { edge: number; other: number }>();
    for (const index of rim) {
      for (const { edge, other } of model.links[index]) {
        if (view.edges[edge] !== 1 || steps.has(other)) {
          continue;
        }
        const cost =
          (costs.get(index) ?? 0) + KINDS.indexOf(model.edges[edge].kind);
        if (cost < (costs.get(other) ?? Infinity)) {
          costs.set(other, cost);
          next.set(other, { edge, other: index });
        }
      }
    }
    next.forEach((step, index) => steps.set(index, step));
    rim = [...next.keys()].sort((a, b) => a - b);
  }
  if (!steps.has(from)) {
    return null;
  }
  const nodes = [from];
  const edges: number[] = [];
  for (let at = steps.get(from); at; at = steps.get(at.other)) {
    edges.push(at.edge);
    nodes.push(at.other);
  }
  return { nodes, edges };
}
