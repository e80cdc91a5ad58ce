/**
 * The knowledge graph as the panel thinks about it: numbered nodes, links both ways,
 * colours. Pure and free of pixels; nothing here knows where a node stands.
 */
import type {
  Cluster,
  ClusterId,
  EdgeData,
  KnowledgeGraph,
  NodeData,
  NodeId,
  Position
} from '../../api/types.gen';

export type NodeType = NodeData['type'];
export type EdgeKind = EdgeData['type'];

/** In the order in which lists and legends show them. */
export const NODE_TYPES: readonly NodeType[] = [
  'concept',
  'file',
  'class',
  'function',
  'lesson',
  'viz',
  'external'
];

export interface IGraphNode {
  /** Its place in `IGraphModel.nodes`. */
  readonly index: number;
  readonly id: NodeId;
  readonly type: NodeType;
  readonly label: string;
  readonly data: NodeData;
  readonly cluster: ClusterId | null;
  /** The cluster's colour; null: the neutral colour of the type. */
  readonly colour: string | null;
  /** Planned and not written yet: drawn hollow. */
  readonly hollow: boolean;
  /** Links in and out. */
  readonly degree: number;
  /** Index of the file or class that contains it; -1 for none. */
  readonly parent: number;
  /** Where the server remembers it. */
  readonly position: Position | null;
}

export interface IGraphEdge {
  readonly source: number;
  readonly target: number;
  readonly kind: EdgeKind;
  /** Where the reason stands, and how often. */
  readonly data: EdgeData;
}

/** One end of an edge, seen from a node. */
export interface ILink {
  readonly edge: number;
  readonly other: number;
  /** Does the edge start here? */
  readonly outgoing: boolean;
}

export interface IGraphModel {
  readonly nodes: readonly IGraphNode[];
  readonly edges: readonly IGraphEdge[];
  readonly byId: ReadonlyMap<NodeId, IGraphNode>;
  /** By node index. */
  readonly links: readonly (readonly ILink[])[];
  /** In the order of the course. */
  readonly clusters: readonly Cluster[];
  /** Of the files and lessons in the graph. */
  readonly paths: ReadonlySet<string>;
}

/**
 * Numbers nodes in the order of the file. Edges to nodes that are not there and
 * from a node to itself (recursion) are left out: they cannot be walked.
 */
export function buildModel(graph: KnowledgeGraph): IGraphModel {
  const clusters = [...graph.clusters].sort((a, b) => a.order - b.order);
  const colours = new Map(clusters.map(({ id, colour }) => [id, colour]));
  const elements = uniqueNodes(graph);
  const indices = new Map(elements.map(({ data }, n) => [data.id, n]));
  const links: ILink[][] = elements.map(() => []);
  const parents = new Int32Array(elements.length).fill(-1);
  const edges: IGraphEdge[] = [];
  for (const { data } of graph.elements.edges) {
    const source = indices.get(data.source);
    const target = indices.get(data.target);
    if (source === undefined || target === undefined || source === target) {
      continue;
    }
    const edge = edges.length;
    edges.push({ source, target, kind: data.type, data });
    links[source].push({ edge, other: target, outgoing: true });
    links[target].push({ edge, other: source, outgoing: false });
    if (data.type === 'contains' && parents[target] < 0) {
      parents[target] = source;
    }
  }
  const nodes = elements.map(({ data, position }, index): IGraphNode => {
    const cluster = data.type === 'concept' ? data.cluster : null;
    return {
      index,
      id: data.id,
      type: data.type,
      label: data.label,
      data,
      cluster,
      colour: cluster === null ? null : (colours.get(cluster) ?? null),
      hollow: 'state' in data && data.state === 'planned',
      degree: links[index].length,
      parent: parents[index],
      position: position ?? null
    };
  });
  return {
    nodes,
    edges,
    byId: new Map(nodes.map(node => [node.id, node])),
    links,
    clusters,
    paths: new Set(
      nodes.flatMap(({ data }) =>
        data.type === 'file' || data.type === 'lesson' ? [data.file_path] : []
      )
    )
  };
}

function uniqueNodes(
  graph: KnowledgeGraph
): KnowledgeGraph['elements']['nodes'] {
  const seen = new Set<NodeId>();
  return graph.elements.nodes.filter(({ data }) => {
    const first = !seen.has(data.id);
    seen.add(data.id);
    return first;
  });
}

/**
 * The file or lesson that a document is, or null. `document` and `prefix` are paths
 * inside Jupyter's root; `prefix` is the workspace's folder there.
 */
export function nodeOfDocument(
  model: IGraphModel,
  document: string,
  prefix: string
): IGraphNode | null {
  const start = prefix === '' ? '' : `${prefix}/`;
  if (document === '' || !document.startsWith(start)) {
    return null;
  }
  const path = document.slice(start.length);
  const own = model.nodes.filter(
    ({ data }) =>
      (data.type === 'file' || data.type === 'lesson') &&
      data.file_path === path
  );
  // A lesson is a notebook with a file node beside it: the code hangs on the file.
  return own.find(({ type }) => type === 'file') ?? own[0] ?? null;
}

/** The file that holds a node, itself included; -1 where none does. */
export function fileOf(model: IGraphModel, index: number): number {
  let at = index;
  // A chain of containers cannot be longer than the graph.
  for (let n = 0; n < model.nodes.length && model.nodes[at].parent >= 0; n++) {
    at = model.nodes[at].parent;
  }
  return model.nodes[at].type === 'file' ? at : -1;
}

/** How many links a node has, by kind and direction; for cards and lists. */
export function linkCount(
  model: IGraphModel,
  index: number,
  kind: EdgeKind,
  outgoing: boolean
): number {
  return model.links[index].filter(
    link => link.outgoing === outgoing && model.edges[link.edge].kind === kind
  ).length;
}
