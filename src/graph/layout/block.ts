/**
 * Blocks: some nodes with their places relative to a top left corner. A file is a block
 * of its classes and functions in reading order; blocks are put together to regions and
 * regions to the map. Pure.
 */
import type { IGraphModel, IGraphNode } from '../model/model';
import { PAD, reachOf, ROW } from './sizes';

export interface IPlaced {
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

export interface IBlock {
  readonly width: number;
  readonly height: number;
  readonly places: readonly IPlaced[];
}

export const EMPTY: IBlock = { width: 0, height: 0, places: [] };

/** The nodes that each node holds, in reading order. */
export type Children = ReadonlyMap<number, readonly IGraphNode[]>;

export function childrenOf(model: IGraphModel): Children {
  const children = new Map<number, IGraphNode[]>();
  for (const node of model.nodes) {
    if (node.parent >= 0) {
      const siblings = children.get(node.parent);
      if (siblings === undefined) {
        children.set(node.parent, [node]);
      } else {
        siblings.push(node);
      }
    }
  }
  const line = ({ data }: IGraphNode): number =>
    'line' in data ? data.line : 0;
  children.forEach(nodes =>
    nodes.sort((a, b) => line(a) - line(b) || a.index - b.index)
  );
  return children;
}

/** A node with all it holds. */
export function blockOf(
  model: IGraphModel,
  node: IGraphNode,
  children: Children
): IBlock {
  const own = children.get(node.index) ?? [];
  const reach = reachOf(model, node);
  const title: IBlock = {
    width: reach.left + reach.right,
    height: reach.up + reach.down,
    places: [{ index: node.index, x: reach.left, y: reach.up }]
  };
  const kind = node.type === 'file' || node.type === 'class' ? node.type : null;
  if (own.length === 0 && kind !== 'file') {
    return title;
  }
  const held = columns(
    own.map(child => blockOf(model, child, children)),
    kind === 'file' ? 10 : 6
  );
  const pad = kind === null ? 0 : PAD[kind];
  const gap = own.length > 0 ? 3 : 0;
  return {
    width: Math.max(title.width, held.width) + 2 * pad,
    height: title.height + gap + held.height + 2 * pad,
    places: [
      ...moved(title.places, pad, pad),
      ...moved(held.places, pad, pad + title.height + gap)
    ]
  };
}

export function moved(
  places: readonly IPlaced[],
  dx: number,
  dy: number
): readonly IPlaced[] {
  return places.map(({ index, x, y }) => ({ index, x: x + dx, y: y + dy }));
}

/** Blocks below each other, in as many columns as make the whole about as wide as tall. */
export function columns(blocks: readonly IBlock[], gap: number): IBlock {
  let best = EMPTY;
  let least = Infinity;
  const most = Math.min(12, Math.ceil(blocks.length / 4) || 1);
  for (let count = 1; count <= most; count++) {
    const made = inColumns(blocks, count, gap);
    const size = Math.max(made.width, 1.2 * made.height);
    if (size < least) {
      least = size;
      best = made;
    }
  }
  return best;
}

function inColumns(
  blocks: readonly IBlock[],
  count: number,
  gap: number
): IBlock {
  // Single lines stand close; what holds others keeps a distance.
  const below = ({ height }: IBlock): number => (height > ROW ? 5 : 0);
  const total = blocks.reduce((sum, b) => sum + b.height + below(b), 0);
  const limit = Math.max(total / count, ...blocks.map(b => b.height)) + 1;
  const places: IPlaced[] = [];
  let [x, y, width, height] = [0, 0, 0, 0];
  for (const block of blocks) {
    if (y > 0 && y + block.height > limit) {
      x += width + gap;
      [y, width] = [0, 0];
    }
    places.push(...moved(block.places, x, y));
    y += block.height + below(block);
    width = Math.max(width, block.width);
    height = Math.max(height, y - below(block));
  }
  return { width: x + width, height, places };
}

/** Blocks beside each other, each row centred; a row is broken before `most`. */
export function rows(
  lines: readonly (readonly IBlock[])[],
  most: number,
  gap: number
): IBlock {
  const broken = lines.flatMap(line => {
    const parts: IBlock[][] = [];
    let width = Infinity;
    for (const block of line) {
      if (width + block.width > most) {
        parts.push([]);
        width = 0;
      }
      parts[parts.length - 1].push(block);
      width += block.width + gap;
    }
    return parts;
  });
  const widths = broken.map(line =>
    line.reduce((sum, block) => sum + block.width + gap, -gap)
  );
  const width = Math.max(0, ...widths);
  const places: IPlaced[] = [];
  let y = 0;
  broken.forEach((line, n) => {
    let x = (width - widths[n]) / 2;
    for (const block of line) {
      places.push(...moved(block.places, x, y));
      x += block.width + gap;
    }
    y += Math.max(...line.map(({ height }) => height)) + gap;
  });
  return { width, height: Math.max(0, y - gap), places };
}

/**
 * Blocks packed without overlap, each as high up as it goes: of several widths the one
 * whose whole is smallest and nearest to the wanted form (width / height).
 */
export function packed(
  blocks: readonly IBlock[],
  gap: number,
  form: number
): IBlock {
  const area = blocks.reduce(
    (sum, { width, height }) => sum + (width + gap) * (height + gap),
    0
  );
  const widest = Math.max(0, ...blocks.map(({ width }) => width));
  let best = EMPTY;
  let least = Infinity;
  for (let step = 0; step < 14; step++) {
    const most = Math.max(widest, Math.sqrt(area * form) * (0.8 + 0.08 * step));
    const made = skyline(blocks, gap, most);
    const off = Math.abs(Math.log(made.width / made.height / form));
    const cost = made.width * made.height * (1 + 0.5 * off);
    if (cost < least) {
      least = cost;
      best = made;
    }
  }
  return best;
}

function skyline(blocks: readonly IBlock[], gap: number, most: number): IBlock {
  // The lower edge of what stands already: from x on it is at y.
  let edge: { x: number; y: number }[] = [{ x: 0, y: 0 }];
  const places: IPlaced[] = [];
  let [width, height] = [0, 0];
  for (const block of blocks) {
    const need = block.width + gap;
    let spot = { x: 0, y: Infinity };
    for (const { x } of edge) {
      if (x > 0 && x + block.width > most) {
        continue;
      }
      const y = depth(edge, x, x + need);
      if (y < spot.y) {
        spot = { x, y };
      }
    }
    const end = spot.x + need;
    const after = depth(edge, end, end + 1e-6);
    edge = [
      ...edge.filter(({ x }) => x < spot.x),
      { x: spot.x, y: spot.y + block.height + gap },
      { x: end, y: after },
      ...edge.filter(({ x }) => x > end)
    ];
    places.push(...moved(block.places, spot.x, spot.y));
    width = Math.max(width, spot.x + block.width);
    height = Math.max(height, spot.y + block.height);
  }
  return { width, height, places };
}

/** How deep the edge hangs anywhere between two x. */
function depth(
  edge: readonly { x: number; y: number }[],
  from: number,
  to: number
): number {
  let deepest = 0;
  edge.forEach(({ x, y }, n) => {
    const until = edge[n + 1]?.x ?? Infinity;
    if (x < to && until > from) {
      deepest = Math.max(deepest, y);
    }
  });
  return deepest;
}
