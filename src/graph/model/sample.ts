/**
 * Made-up graphs of any size, the same each time: for specs and benches. Shaped like a
 * real one (files, classes, functions, concepts in clusters), but about nothing, and no
 * part of the extension.
 */
import type {
  ClusterId,
  EdgeData,
  KnowledgeGraph,
  NodeData,
  NodeId
} from '../../api/types.gen';

/** Numbers from 0 up to `below`; the same row for the same seed (xorshift). */
function dice(seed: number): (below: number) => number {
  let state = seed | 0 || 1;
  return below => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const CLUSTERS = ['first', 'second', 'third', 'fourth'] as ClusterId[];

export function sampleGraph(size: number, seed = 7): KnowledgeGraph {
  const roll = dice(seed);
  const nodes: NodeData[] = [];
  const edges: EdgeData[] = [];
  const link = (
    source: NodeId,
    target: NodeId,
    type: EdgeData['type']
  ): void => {
    const place = { file_path: '', line: 1, cell: null, count: 1 };
    edges.push({ source, target, type, ...place });
  };
  const concepts = Math.max(CLUSTERS.length, Math.floor(size / 10));
  for (let n = 0; n < concepts; n++) {
    const id = `concept:c.idea_${n}` as NodeId;
    nodes.push({
      id,
      type: 'concept',
      label: `Idea number ${n}`,
      file_path: null,
      source: 'repo',
      docstring: `What idea ${n} is about. And more.`,
      cluster: CLUSTERS[n % CLUSTERS.length],
      state: n % 5 === 4 ? 'planned' : 'written'
    });
    if (n >= CLUSTERS.length) {
      link(nodes[n - CLUSTERS.length].id, id, 'prerequisite');
    }
  }
  const code: NodeId[] = [];
  let path = '';
  let holder = '' as NodeId;
  while (nodes.length < size) {
    const n = code.length;
    const type = n % 12 === 0 ? 'file' : n % 12 < 3 ? 'class' : 'function';
    path = type === 'file' ? `pkg/part_${n}.py` : path;
    const id = (type === 'file' ? path : `${path}:thing_${n}`) as NodeId;
    nodes.push({
      id,
      type,
      label: type === 'file' ? `part_${n}.py` : `thing_${n}`,
      file_path: path,
      source: 'repo',
      library: null,
      docstring: '',
      line: 10 * (n % 12) + 1,
      end_line: 10 * (n % 12) + 9,
      signature: '',
      comment: '',
      cell: null,
      todos: []
    });
    if (type !== 'file') {
      link(type === 'class' ? (path as NodeId) : holder, id, 'contains');
    }
    holder = type === 'function' ? holder : id;
    if (n > 0 && roll(4) > 0) {
      link(id, code[roll(n)], 'calls');
    }
    if (roll(6) === 0) {
      link(nodes[roll(concepts)].id, id, 'explains');
    }
    code.push(id);
  }
  return {
    format: 'nanochat-learn.graph/1',
    generated_by: 'sample',
    root: 'sample',
    content_hash: `${size}-${seed}`,
    clusters: CLUSTERS.map((id, order) => ({
      id,
      title: `The ${id}`,
      colour: ['#068adc', '#d27f00', '#7856ff', '#07a879'][order],
      order
    })),
    elements: {
      nodes: nodes.map(data => ({ data, position: null })),
      edges: edges.map(data => ({ data }))
    },
    gaps: []
  };
}
