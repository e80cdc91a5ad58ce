/** Small graphs with gaps for the tests. No test itself. */
import type { Cluster, Gap, KnowledgeGraph } from '../api/types.gen';

export function cluster(id: string, order: number): Cluster {
  return {
    id: id as Cluster['id'],
    title: id.toUpperCase(),
    colour: '#068adc',
    order
  };
}

export function gap(id: string, more: Partial<Gap> = {}): Gap {
  return {
    severity: 'warning',
    kind: 'concept_without_note',
    message: `About \`${id}\`.`,
    file_path: 'm.py',
    line: 1,
    id,
    cell: null,
    ...more
  };
}

/** `nodes`: id → cluster of a concept, or null for code. `edges`: [source, type, target]. */
export function graphOf(
  clusters: readonly Cluster[],
  nodes: Readonly<Record<string, string | null>>,
  edges: readonly (readonly [string, string, string])[],
  gaps: readonly Gap[]
): KnowledgeGraph {
  return {
    format: 'nanochat-learn.graph/1',
    generated_by: '',
    root: '.',
    content_hash: 'h',
    clusters: [...clusters],
    elements: {
      nodes: Object.entries(nodes).map(([id, cluster]) => ({
        position: null,
        data:
          cluster === null
            ? { id, type: 'function' }
            : {
                id,
                type: 'concept',
                cluster,
                file_path: `notes/${id}.md`
              }
      })),
      edges: edges.map(([source, type, target]) => ({
        data: { source, type, target }
      }))
    },
    gaps: [...gaps]
  } as unknown as KnowledgeGraph;
}
