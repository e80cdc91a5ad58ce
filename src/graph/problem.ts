/**
 * From the model to a layout problem: plain numbers that a worker can be sent. Decides
 * who belongs together and where a new node starts; the forces are in `forces.ts`.
 */
import type { NodeId, Position } from '../api/types.gen';
import type { EdgeKind, IGraphModel, IGraphNode } from './model';

/** Arrays by place in `nodes`; lengths and coordinates in world units. */
export interface ILayoutProblem {
  /** Model indices of the nodes that are laid out. */
  readonly nodes: Int32Array;
  /** x, y of each node at the start, interleaved. */
  readonly start: Float32Array;
  /** 1: stays exactly where it is. */
  readonly pinned: Uint8Array;
  /** x, y of the point that each node is drawn to, interleaved. */
  readonly anchors: Float32Array;
  /** How strongly, 0…1. */
  readonly pull: Float32Array;
  readonly radii: Float32Array;
  /** How strongly each node keeps the others away; negative. */
  readonly charges: Float32Array;
  /** source, target (places in `nodes`), interleaved. */
  readonly links: Int32Array;
  /** length, strength, interleaved. */
  readonly springs: Float32Array;
  readonly ticks: number;
}

/** The golden angle: points put one after the other at it never line up. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const SPACE = 30;
const FULL_TICKS = 260;
const PATCH_TICKS = 60;

const SPRING: Readonly<Record<EdgeKind, readonly [number, number]>> = {
  contains: [34, 0.7],
  calls: [90, 0.03],
  imports: [180, 0.01],
  inherits: [80, 0.1],
  instantiates: [90, 0.03],
  overrides: [110, 0.03],
  explains: [90, 0.05],
  defines: [90, 0.05],
  visualizes: [50, 0.2],
  prerequisite: [60, 0.05],
  teaches: [80, 0.12],
  references: [120, 0.03]
};

/** Small things may stand close: their file keeps the others away for them. */
const CHARGE = { concept: -150, file: -260, class: -90 } as const;

/** What a node needs around it; names stand beside nodes, so more than its own size. */
const RADIUS = { concept: 22, file: 18, class: 15 } as const;

/**
 * Known nodes are pinned; the others start beside their known neighbours, or at their
 * group. null when every shown node has a place already.
 */
export function layoutProblem(
  model: IGraphModel,
  visible: Uint8Array,
  known: ReadonlyMap<NodeId, Position>
): ILayoutProblem | null {
  const nodes = model.nodes.filter(({ index }) => visible[index] === 1);
  if (nodes.every(({ id }) => known.has(id))) {
    return null;
  }
  const places = new Map(nodes.map(({ index }, n) => [index, n]));
  const { anchors, pull } = groups(model, nodes);
  const pinned = Uint8Array.from(nodes, ({ id }) => (known.has(id) ? 1 : 0));
  const { links, springs } = linkArrays(model, places);
  return {
    nodes: Int32Array.from(nodes, ({ index }) => index),
    start: starts(model, nodes, known, anchors),
    pinned,
    anchors,
    pull,
    radii: Float32Array.from(
      nodes,
      ({ type }) => (RADIUS as Record<string, number>)[type] ?? 11
    ),
    charges: Float32Array.from(
      nodes,
      ({ type }) => (CHARGE as Record<string, number>)[type] ?? -45
    ),
    links,
    springs,
    ticks: pinned.includes(1) ? PATCH_TICKS : FULL_TICKS
  };
}

/** Concepts gather in clusters on a tall ring; the code lies inside it, file by file. */
function groups(
  model: IGraphModel,
  nodes: readonly IGraphNode[]
): { anchors: Float32Array; pull: Float32Array } {
  const anchors = new Float32Array(nodes.length * 2);
  const pull = new Float32Array(nodes.length);
  const size = SPACE * Math.sqrt(nodes.length);
  const used = model.clusters.filter(({ id }) =>
    nodes.some(({ cluster }) => cluster === id)
  );
  const turn = new Map(used.map(({ id }, n) => [id, n / used.length]));
  const files = nodes.filter(node => node.type === 'file');
  const fileTurn = new Map(files.map(({ index }, n) => [index, n]));
  nodes.forEach((node, n) => {
    const at = node.cluster === null ? undefined : turn.get(node.cluster);
    const file = fileTurn.get(fileOf(model, node));
    if (at !== undefined) {
      // Taller than wide, as side panels are. The first cluster is on top.
      const angle = (at - 0.25) * 2 * Math.PI;
      anchors[2 * n] = 0.46 * size * Math.cos(angle);
      anchors[2 * n + 1] = 1.3 * size * Math.sin(angle);
      pull[n] = 0.26;
    } else if (file !== undefined) {
      const reach = 0.62 * size * Math.sqrt((file + 0.5) / files.length);
      anchors[2 * n] = 0.55 * reach * Math.cos(file * GOLDEN);
      anchors[2 * n + 1] = 1.15 * reach * Math.sin(file * GOLDEN);
      pull[n] = node.type === 'file' ? 0.12 : 0.03;
    } else {
      pull[n] = 0.02;
    }
  });
  return { anchors, pull };
}

/** Index of the file that holds the node; its own for a file; -1 for ideas. */
function fileOf(model: IGraphModel, node: IGraphNode): number {
  let at = node;
  // A chain of containers cannot be longer than the graph.
  for (let n = 0; n < model.nodes.length && at.parent >= 0; n++) {
    at = model.nodes[at.parent];
  }
  return at.type === 'file' ? at.index : -1;
}

/**
 * Known nodes where they are. New ones beside the mean of the neighbours that have a
 * place, neighbours first, so that a new file carries its functions along.
 */
function starts(
  model: IGraphModel,
  nodes: readonly IGraphNode[],
  known: ReadonlyMap<NodeId, Position>,
  anchors: Float32Array
): Float32Array {
  const placed = new Map<number, Position>();
  for (const { index, id } of nodes) {
    const position = known.get(id);
    if (position !== undefined) {
      placed.set(index, position);
    }
  }
  const some = placed.size > 0;
  let waiting = nodes.map((_, n) => n).filter(n => !known.has(nodes[n].id));
  while (waiting.length > 0) {
    const next = some
      ? waiting.filter(n => neighbours(model, nodes[n], placed).length > 0)
      : [];
    const turn = next.length > 0 ? next : waiting;
    const centres = turn.map(n => {
      const around = neighbours(model, nodes[n], placed);
      return some && around.length > 0
        ? mean(around)
        : { x: anchors[2 * n], y: anchors[2 * n + 1] };
    });
    turn.forEach((n, place) => {
      const reach = 10 * Math.sqrt(n + 1);
      placed.set(nodes[n].index, {
        x: centres[place].x + (some ? 24 : reach) * Math.cos(n * GOLDEN),
        y: centres[place].y + (some ? 24 : reach) * Math.sin(n * GOLDEN)
      });
    });
    const done = new Set(turn);
    waiting = waiting.filter(n => !done.has(n));
  }
  return Float32Array.from(
    nodes.flatMap(({ index }) => {
      const { x, y } = placed.get(index) as Position;
      return [x, y];
    })
  );
}

function neighbours(
  model: IGraphModel,
  node: IGraphNode,
  placed: ReadonlyMap<number, Position>
): Position[] {
  return model.links[node.index].flatMap(({ other }) => {
    const position = placed.get(other);
    return position === undefined ? [] : [position];
  });
}

function mean(positions: readonly Position[]): Position {
  const sum = positions.reduce(
    (all, { x, y }) => ({ x: all.x + x, y: all.y + y }),
    { x: 0, y: 0 }
  );
  return { x: sum.x / positions.length, y: sum.y / positions.length };
}

function linkArrays(
  model: IGraphModel,
  places: ReadonlyMap<number, number>
): { links: Int32Array; springs: Float32Array } {
  const links: number[] = [];
  const springs: number[] = [];
  for (const { source, target, kind } of model.edges) {
    const from = places.get(source);
    const to = places.get(target);
    if (from !== undefined && to !== undefined) {
      links.push(from, to);
      springs.push(...SPRING[kind]);
    }
  }
  return { links: Int32Array.from(links), springs: Float32Array.from(springs) };
}
