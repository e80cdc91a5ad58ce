/**
 * From the model to a problem of forces: plain numbers that a worker can be sent. Decides
 * who belongs together, where each node starts and who stays; the forces are in `forces.ts`.
 */
import type { NodeId, Position } from '../../api/types.gen';
import type { EdgeKind, IGraphModel, IGraphNode } from '../model/model';
import type { IRegion } from '../model/regions';

/** By place in `nodes`; pairs are interleaved; lengths in world units. */
export interface IForceProblem {
  /** Model indices of the nodes that take part. */
  readonly nodes: Int32Array;
  /** x, y at the start. */
  readonly start: Float32Array;
  /** 1: stays exactly where it is. */
  readonly fixed: Uint8Array;
  /** x, y of the point that a node is drawn to: the middle of its region. */
  readonly anchors: Float32Array;
  /** How strongly, sideways and up or down, 0…1. */
  readonly pulls: Float32Array;
  readonly radii: Float32Array;
  /** How strongly a node keeps the others away; negative. */
  readonly charges: Float32Array;
  /** source, target (places in `nodes`). */
  readonly links: Int32Array;
  /** length, strength. */
  readonly springs: Float32Array;
  /** From 0 (still) to 1 (wild). */
  readonly heat: number;
  /** So many steps from there to stillness. */
  readonly steps: number;
}

/** What a problem is made of. */
export interface IForceInput {
  readonly model: IGraphModel;
  readonly regions: readonly IRegion[];
  /** One byte per node: 1 where it is shown. */
  readonly shown: Uint8Array;
  /** Where the map of regions has each node, x, y by model index. */
  readonly origin: Float32Array;
  /** Where the nodes are that were arranged before. */
  readonly known: ReadonlyMap<NodeId, Position>;
  /** Width / height that the whole should have. */
  readonly form: number;
}

/** The golden angle: points put one after the other at it never line up. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5));
/** A node and the air around it, on average: a square of this side. */
const ROOM = 52;
const FULL = { heat: 1, steps: 260 };
const PATCH = { heat: 0.5, steps: 90 };

/** How long a line would like to be, and how much it says about belonging together. */
const SPRINGS: Readonly<Record<EdgeKind, readonly [number, number]>> = {
  contains: [30, 1],
  prerequisite: [64, 0.5],
  explains: [70, 0.5],
  defines: [70, 0.5],
  teaches: [70, 0.5],
  visualizes: [46, 0.8],
  references: [110, 0.15],
  calls: [80, 0.25],
  instantiates: [80, 0.25],
  inherits: [70, 0.4],
  overrides: [90, 0.2],
  imports: [150, 0.08]
};

/** Lines between regions pull less: colours stay together. */
const ABROAD = { length: 1.6, strength: 0.35 };

/** By type: room around a node, how much it keeps others away, how it is drawn home. */
const BODIES: Readonly<
  Partial<Record<IGraphNode['type'], readonly [number, number, number]>>
> = {
  concept: [22, -260, 0.16],
  file: [18, -260, 0.12],
  class: [14, -120, 0.04]
};
const OTHER_BODY = [12, -80, 0.05] as const;

/**
 * Known nodes stay and the new ones settle among them; where nobody is known, all start
 * from the map of regions. `null`: everybody shown has a place.
 */
export function settling(
  input: IForceInput,
  pinned: ReadonlySet<NodeId>
): IForceProblem | null {
  const { model, shown, known } = input;
  const nodes = model.nodes.filter(({ index }) => shown[index] === 1);
  const missing = nodes.filter(({ id }) => !known.has(id));
  if (missing.length === 0) {
    return null;
  }
  // What is pinned says nothing about the others: they start from the regions all the same.
  const patch = nodes.some(({ id }) => known.has(id) && !pinned.has(id));
  return problemOf(
    input,
    nodes,
    ({ id }) => known.has(id) || pinned.has(id),
    patch ? PATCH : FULL
  );
}

/** Everybody stays but these, which move as far as their neighbours let them. */
export function following(
  input: IForceInput,
  free: ReadonlySet<number>,
  pinned: ReadonlySet<NodeId>,
  heat: { readonly heat: number; readonly steps: number }
): IForceProblem {
  return problemOf(
    input,
    input.model.nodes.filter(({ index }) => input.shown[index] === 1),
    ({ id, index }) => !free.has(index) || pinned.has(id),
    heat
  );
}

function problemOf(
  input: IForceInput,
  nodes: readonly IGraphNode[],
  stays: (node: IGraphNode) => boolean,
  { heat, steps }: { readonly heat: number; readonly steps: number }
): IForceProblem {
  const { model, regions } = input;
  const homes = homesOf(model, regions);
  const origin = drawnTogether(input, nodes);
  const middles = regions.map((_, region) =>
    middle(
      nodes.flatMap(({ index }) =>
        homes[index] === region ? [origin(index)] : []
      )
    )
  );
  const anchors = nodes.map(
    ({ index }) => middles[homes[index]] ?? origin(index)
  );
  const bodies = nodes.map(({ type }) => BODIES[type] ?? OTHER_BODY);
  return {
    nodes: Int32Array.from(nodes, ({ index }) => index),
    start: interleaved(starts(input, nodes, origin, heat === FULL.heat)),
    fixed: Uint8Array.from(nodes, node => (stays(node) ? 1 : 0)),
    anchors: interleaved(anchors),
    // What is to be tall is held together more from the sides.
    pulls: Float32Array.from(
      bodies.flatMap(([, , pull]) => [
        pull / input.form ** 0.8,
        pull * input.form ** 0.8
      ])
    ),
    radii: Float32Array.from(bodies, ([radius]) => radius),
    charges: Float32Array.from(bodies, ([, charge]) => charge),
    ...linksOf(model, nodes, homes),
    heat,
    steps
  };
}

/** The place in `regions` of each node's region: what a file holds is at home with it. */
export function homesOf(
  model: IGraphModel,
  regions: readonly IRegion[]
): Int32Array {
  const homes = new Int32Array(model.nodes.length).fill(-1);
  regions.forEach(({ members }, region) =>
    members.forEach(index => {
      homes[index] = region;
    })
  );
  return homes.map((_, index) => {
    let at = index;
    // A chain of containers cannot be longer than the graph.
    for (let n = 0; n < homes.length && model.nodes[at].parent >= 0; n++) {
      at = model.nodes[at].parent;
    }
    return homes[at];
  });
}

/** The map of regions in the wanted form, smaller: without sheets less room will do. */
function drawnTogether(
  { origin, form }: IForceInput,
  nodes: readonly IGraphNode[]
): (index: number) => Position {
  const xs = nodes.map(({ index }) => origin[2 * index]);
  const ys = nodes.map(({ index }) => origin[2 * index + 1]);
  const [x0, x1] = [Math.min(...xs), Math.max(...xs)];
  const [y0, y1] = [Math.min(...ys), Math.max(...ys)];
  const width = ROOM * Math.sqrt(nodes.length * form);
  const height = width / form;
  return index => ({
    x: ((origin[2 * index] - x0) / Math.max(1, x1 - x0) - 0.5) * width,
    y: ((origin[2 * index + 1] - y0) / Math.max(1, y1 - y0) - 0.5) * height
  });
}

/**
 * Where they are; new ones among known neighbours, else (and `afresh`) where the regions
 * have them.
 */
function starts(
  { model, known }: IForceInput,
  nodes: readonly IGraphNode[],
  origin: (index: number) => Position,
  afresh: boolean
): readonly Position[] {
  return nodes.map(({ id, index }, n) => {
    const around = afresh
      ? []
      : model.links[index].flatMap(
          ({ other }) => known.get(model.nodes[other].id) ?? []
        );
    const at = middle(around);
    return (
      known.get(id) ??
      (at === undefined
        ? origin(index)
        : {
            x: at.x + 24 * Math.cos(n * GOLDEN),
            y: at.y + 24 * Math.sin(n * GOLDEN)
          })
    );
  });
}

function middle(places: readonly Position[]): Position | undefined {
  if (places.length === 0) {
    return undefined;
  }
  return {
    x: places.reduce((sum, { x }) => sum + x, 0) / places.length,
    y: places.reduce((sum, { y }) => sum + y, 0) / places.length
  };
}

function interleaved(places: readonly Position[]): Float32Array {
  return Float32Array.from(places.flatMap(({ x, y }) => [x, y]));
}

/** A line pulls less where many lines pull, so that hubs do not gather everything. */
function linksOf(
  model: IGraphModel,
  nodes: readonly IGraphNode[],
  homes: Int32Array
): Pick<IForceProblem, 'links' | 'springs'> {
  const places = new Map(nodes.map(({ index }, n) => [index, n]));
  const edges = model.edges.filter(
    ({ source, target }) => places.has(source) && places.has(target)
  );
  const counts = new Map<number, number>();
  for (const { source, target } of edges) {
    counts.set(source, (counts.get(source) ?? 0) + 1);
    counts.set(target, (counts.get(target) ?? 0) + 1);
  }
  return {
    links: Int32Array.from(
      edges.flatMap(({ source, target }) => [
        places.get(source) ?? 0,
        places.get(target) ?? 0
      ])
    ),
    springs: Float32Array.from(
      edges.flatMap(({ source, target, kind }) => {
        const [length, weight] = SPRINGS[kind];
        const few = Math.min(counts.get(source) ?? 1, counts.get(target) ?? 1);
        return homes[source] === homes[target]
          ? [length, weight / few]
          : [ABROAD.length * length, (ABROAD.strength * weight) / few];
      })
    )
  };
}
