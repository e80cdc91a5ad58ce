/**
 * Places for new nodes on a map that stands: beside what they hang together with, where
 * nothing is yet. No known node moves. Pure.
 */
import type { NodeId, Position } from '../../api/types.gen';
import { fileOf, type IGraphModel, type IGraphNode } from '../model/model';
import type { IRegion } from '../model/regions';
import { findBoxes, findRegions } from './boxes';
import { blockOf, childrenOf, type IBlock } from './block';
import {
  boxAt,
  grown,
  type IBox,
  joined,
  meet,
  PAD,
  reachOf,
  ROW
} from './sizes';

/** The golden angle: points put one after the other at it never line up. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const TRIES = 4000;

export function placeBeside(
  model: IGraphModel,
  regions: readonly IRegion[],
  known: ReadonlyMap<NodeId, Position>
): ReadonlyMap<NodeId, Position> {
  const children = childrenOf(model);
  const placed = new Map<NodeId, Position>(known);
  const found = new Map<NodeId, Position>();
  const taken = new Taken(model, placed);
  const put = (node: IGraphNode, position: Position): void => {
    placed.set(node.id, position);
    found.set(node.id, position);
    taken.add(node, position);
  };
  const homes = new Map(
    regions.flatMap(region => region.members.map(m => [m, region] as const))
  );
  // Where other regions are nobody new comes in.
  const own = (index: number): IBox | null => {
    const node = model.nodes[index];
    const position = known.get(node.id);
    return position === undefined
      ? null
      : boxAt(position.x, position.y, reachOf(model, node));
  };
  const sheets = findBoxes(model, own);
  const grounds = findRegions(regions, index => sheets[index] ?? own(index));
  for (const node of model.nodes) {
    if (placed.has(node.id)) {
      continue;
    }
    // Who is held by a new node comes with its block.
    const parent = model.nodes[node.parent];
    if (parent !== undefined && placed.has(parent.id)) {
      // A new function in a file that stands: below its neighbour in the code.
      const siblings = (children.get(parent.index) ?? []).flatMap(
        ({ id }) => placed.get(id) ?? []
      );
      const from = lowest(siblings) ?? placed.get(parent.id)!;
      const file = fileOf(model, node.index);
      const block = blockOf(model, node, children);
      const [x, y] = taken.free(
        block,
        [0, 1, 2, 3].map(n => [
          from.x - block.places[0].x,
          from.y + ROW * (n + 0.5)
        ]),
        [from.x, from.y],
        file
      );
      putBlock(block, x, y);
    } else if (parent === undefined) {
      const block = blockOf(model, node, children);
      const [x, y] = near(node, block);
      const foreign = grounds
        .filter(({ region }) => region !== homes.get(node.index))
        .map(box => grown(box, PAD.region));
      const spot = taken.free(block, [], [x, y], -1, foreign);
      putBlock(block, ...spot);
    }
  }
  return found;

  function putBlock(block: IBlock, x: number, y: number): void {
    for (const { index, x: dx, y: dy } of block.places) {
      const node = model.nodes[index];
      if (!placed.has(node.id)) {
        put(node, { x: x + dx, y: y + dy });
      }
    }
  }

  /** The middle of its region, else of its neighbours, else below the map. */
  function near(node: IGraphNode, block: IBlock): [number, number] {
    const members = (homes.get(node.index)?.members ?? []).flatMap(
      index => placed.get(model.nodes[index].id) ?? []
    );
    const around =
      members.length > 0
        ? members
        : block.places.flatMap(({ index }) =>
            model.links[index].flatMap(
              ({ other }) => placed.get(model.nodes[other].id) ?? []
            )
          );
    if (around.length > 0) {
      return [
        around.reduce((sum, { x }) => sum + x, 0) / around.length,
        around.reduce((sum, { y }) => sum + y, 0) / around.length
      ];
    }
    const floor = lowest([...placed.values()]);
    return floor === null ? [0, 0] : [0, floor.y + 60];
  }
}

function lowest(positions: readonly Position[]): Position | null {
  return positions.reduce<Position | null>(
    (low, at) => (low === null || at.y > low.y ? at : low),
    null
  );
}

/** Where something stands: nodes with their names, and around files their boxes. */
class Taken {
  constructor(
    private readonly _model: IGraphModel,
    placed: ReadonlyMap<NodeId, Position>
  ) {
    for (const node of _model.nodes) {
      const position = placed.get(node.id);
      if (position !== undefined) {
        this.add(node, position);
      }
    }
  }

  add(node: IGraphNode, { x, y }: Position): void {
    const box = boxAt(x, y, reachOf(this._model, node));
    this._nodes.push(box);
    const file = fileOf(this._model, node.index);
    const before = this._files.get(file);
    const outer = grown(box, PAD.file);
    this._files.set(
      file,
      before === undefined || file < 0 ? outer : joined(before, outer)
    );
    if (file < 0) {
      this._loose.push(grown(box, 4));
    }
  }

  /** Top left corner for a block: the first wish that is free, else near `from`. */
  free(
    { width, height }: IBlock,
    wishes: readonly (readonly [number, number])[],
    [cx, cy]: readonly [number, number],
    file: number,
    foreign: readonly IBox[] = []
  ): [number, number] {
    const others = [...this._files].flatMap(([key, box]) =>
      key === file || key < 0 ? [] : [box]
    );
    const all = [
      ...foreign,
      ...others,
      ...this._loose,
      ...(file < 0 ? [] : this._nodes)
    ];
    const isFree = (x: number, y: number): boolean => {
      const box = { x0: x, y0: y, x1: x + width, y1: y + height };
      return !all.some(other => meet(box, other));
    };
    for (const [x, y] of wishes) {
      if (isFree(x, y)) {
        return [x, y];
      }
    }
    for (let n = 0; n < TRIES; n++) {
      const reach = 9 * Math.sqrt(n);
      const x = cx - width / 2 + reach * Math.cos(n * GOLDEN);
      const y = cy - height / 2 + reach * Math.sin(n * GOLDEN);
      if (isFree(x, y)) {
        return [x, y];
      }
    }
    return [cx, cy];
  }

  private readonly _nodes: IBox[] = [];
  private readonly _loose: IBox[] = [];
  private readonly _files = new Map<number, IBox>();
}
