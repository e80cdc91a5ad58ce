/** Questions that several features ask of the session's graph. Reading only. */
import type {
  ConceptId,
  KnowledgeGraph,
  NodeData,
  NodeId,
  PictureId
} from '../api/types.gen';
import type { ISession } from '../tokens';

/** The graph, loaded now if nobody asked before; null where there is none. */
export async function loadedGraph(
  session: ISession
): Promise<KnowledgeGraph | null> {
  if (session.graph.value.kind === 'nothing') {
    await session.refresh();
  }
  if (session.graph.value.kind === 'loading') {
    await settled(session);
  }
  const graph = session.graph.value;
  return graph.kind === 'ready' ? graph.value : null;
}

function settled(session: ISession): Promise<void> {
  return new Promise(resolve => {
    const look = (): void => {
      if (session.graph.value.kind !== 'loading') {
        session.graph.changed.disconnect(look);
        resolve();
      }
    };
    session.graph.changed.connect(look);
  });
}

export function nodeOf(graph: KnowledgeGraph, id: NodeId): NodeData | null {
  return graph.elements.nodes.find(node => node.data.id === id)?.data ?? null;
}

/** The concept that a picture shows, or null when no concept names it. */
export function conceptOfPicture(
  graph: KnowledgeGraph,
  picture: NodeId
): ConceptId | null {
  const edge = graph.elements.edges.find(
    ({ data }) =>
      data.type === 'visualizes' &&
      data.source === picture &&
      data.target.startsWith('concept:')
  );
  return edge === undefined ? null : conceptIdOf(edge.data.target);
}

/** A picture and the concept it shows, asked when it is needed: the graph may come later. */
export function shownBy(
  session: ISession,
  id: PictureId
): { readonly id: PictureId; readonly concepts: readonly ConceptId[] } {
  return {
    id,
    get concepts() {
      const graph = session.graph.value;
      const concept =
        graph.kind === 'ready'
          ? conceptOfPicture(graph.value, `viz:${id}` as NodeId)
          : null;
      return concept === null ? [] : [concept];
    }
  };
}

/** `concept:attention.rope` → `attention.rope`; null for any other node. */
export function conceptIdOf(id: NodeId): ConceptId | null {
  return id.startsWith('concept:') ? (id.slice(8) as ConceptId) : null;
}

export function conceptNodeId(id: ConceptId): NodeId {
  return `concept:${id}` as NodeId;
}
