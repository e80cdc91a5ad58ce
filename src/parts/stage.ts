/** Which of the panel's faces is due. Pure: one union, one switch where it is drawn. */
import type { KnowledgeGraph, Status } from '../api/types.gen';
import type { Loaded } from '../tokens';

export type Stage =
  | { readonly kind: 'loading' }
  | { readonly kind: 'no-workspace' }
  | { readonly kind: 'not-indexed'; readonly name: string }
  | {
      readonly kind: 'failed';
      readonly sentence: string;
      readonly hint: string;
    }
  | { readonly kind: 'empty'; readonly name: string }
  | {
      readonly kind: 'ready';
      readonly graph: KnowledgeGraph;
      /** The workspace's folder inside Jupyter's root. */
      readonly prefix: string;
    };

/** `before` is the graph shown so far: it stays while its successor is loading. */
export function stageOf(
  status: Loaded<Status>,
  graph: Loaded<KnowledgeGraph>,
  before: KnowledgeGraph | null
): Stage {
  if (status.kind === 'failed') {
    return status;
  }
  if (status.kind !== 'ready') {
    return { kind: 'loading' };
  }
  const { workspace, index } = status.value;
  if (workspace === null) {
    return { kind: 'no-workspace' };
  }
  switch (graph.kind) {
    case 'failed':
      return graph;
    case 'nothing':
      return index === null
        ? { kind: 'not-indexed', name: workspace.name }
        : { kind: 'loading' };
    case 'loading':
      return before === null
        ? { kind: 'loading' }
        : { kind: 'ready', graph: before, prefix: workspace.prefix };
    case 'ready':
      return graph.value.elements.nodes.length === 0
        ? { kind: 'empty', name: workspace.name }
        : { kind: 'ready', graph: graph.value, prefix: workspace.prefix };
  }
}
