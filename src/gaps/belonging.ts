/** Which cluster of the course a gap belongs to. Pure: the graph knows. */
import type {
  Cluster,
  ClusterId,
  EdgeData,
  Gap,
  KnowledgeGraph,
  NodeData
} from '../api/types.gen';

/** Edges between a concept and what it is about, whichever way they point. */
const ABOUT: ReadonlySet<EdgeData['type']> = new Set([
  'explains',
  'defines',
  'visualizes',
  'teaches'
]);

/**
 * A concept's own cluster; for code, a picture or a lesson that of most of its concepts
 * (of two alike, the one that comes first in the course), else that of the class or file
 * around it. null: nothing in the graph says.
 */
export function clusterFinder(
  graph: KnowledgeGraph
): (gap: Pick<Gap, 'id' | 'file_path'>) => Cluster | null {
  const course = [...graph.clusters].sort((a, b) => a.order - b.order);
  const nodes = new Map<string, NodeData>();
  const noteOf = new Map<string, ClusterId>();
  for (const { data } of graph.elements.nodes) {
    nodes.set(data.id, data);
    if (data.type === 'concept' && data.file_path !== null) {
      noteOf.set(data.file_path, data.cluster);
    }
  }
  const about = new Map<string, ClusterId[]>();
  const around = new Map<string, string>();
  for (const { data } of graph.elements.edges) {
    if (data.type === 'contains') {
      around.set(data.target, data.source);
    } else if (ABOUT.has(data.type)) {
      for (const [end, other] of [
        [data.source, data.target],
        [data.target, data.source]
      ]) {
        const concept = nodes.get(end);
        if (concept?.type === 'concept') {
          about.set(other, [...(about.get(other) ?? []), concept.cluster]);
        }
      }
    }
  }

  const clusterOf = (id: string): ClusterId | null => {
    const seen = new Set<string>();
    let at: string | undefined = id;
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      const node = nodes.get(at);
      if (node?.type === 'concept') {
        return node.cluster;
      }
      const voted = most(about.get(at) ?? [], course);
      if (voted !== null) {
        return voted;
      }
      at = around.get(at);
    }
    return null;
  };

  return ({ id, file_path }) => {
    const cluster = clusterOf(id) ?? noteOf.get(file_path) ?? null;
    return course.find(known => known.id === cluster) ?? null;
  };
}

function most(
  votes: readonly ClusterId[],
  course: readonly Cluster[]
): ClusterId | null {
  let best: ClusterId | null = null;
  let count = 0;
  for (const { id } of course) {
    const has = votes.filter(vote => vote === id).length;
    if (has > count) {
      best = id;
      count = has;
    }
  }
  return best;
}
