/**
 * The whole map from nothing: regions in the order of the course, in each its concepts
 * from simple to deep and the files that they explain. The same graph in the same form
 * gives the same map on every machine. Pure.
 */
import type { NodeId, Position } from '../../api/types.gen';
import type { IGraphModel, IGraphNode } from '../model/model';
import type { IRegion } from '../model/regions';
import {
  blockOf,
  type Children,
  childrenOf,
  columns,
  type IBlock,
  moved,
  packed,
  rows
} from './block';
import { PAD, TITLE } from './sizes';

/** Between regions, which have a margin of their own besides. */
const APART = 34;
/** Side panels are taller than wide: width / height. */
export const SIDE_PANEL = 0.58;

export function wholeLayout(
  model: IGraphModel,
  regions: readonly IRegion[],
  form = SIDE_PANEL
): ReadonlyMap<NodeId, Position> {
  const children = childrenOf(model);
  // Side panels differ a little; the map in them does not.
  const wanted = Math.max(SIDE_PANEL, form);
  const blocks = (library: boolean): IBlock[] =>
    regions
      .filter(({ key }) => (key === 'libraries') === library)
      .map(region => regionBlock(model, region, children));
  const main = packed(blocks(false), APART, wanted);
  // Mostly hidden: below everything they leave no hole.
  const below = packed(blocks(true), APART, wanted);
  const map = {
    width: main.width,
    height: main.height,
    places: [
      ...main.places,
      ...moved(below.places, 0, main.height === 0 ? 0 : main.height + APART)
    ]
  };
  return new Map(
    map.places.map(({ index, x, y }) => [
      model.nodes[index].id,
      { x: x - map.width / 2, y: y - map.height / 2 }
    ])
  );
}

function regionBlock(
  model: IGraphModel,
  { members }: IRegion,
  children: Children
): IBlock {
  const nodes = members.map(index => model.nodes[index]);
  const block = (node: IGraphNode): IBlock => blockOf(model, node, children);
  const files = nodes.filter(({ type }) => type === 'file').map(block);
  const ideas = nodes.filter(
    ({ type }) => type === 'concept' || type === 'lesson' || type === 'viz'
  );
  const strays = nodes.filter(
    ({ type }) =>
      type !== 'file' &&
      type !== 'concept' &&
      type !== 'lesson' &&
      type !== 'viz'
  );
  const parts = [
    rows(
      byDepth(model, ideas).map(line => line.map(block)),
      Math.max(360, 62 * Math.sqrt(ideas.length)),
      14
    ),
    ...files,
    columns(strays.map(block), 10)
  ].filter(({ places }) => places.length > 0);
  const inside = packed(parts, 16, 1.1);
  return {
    width: inside.width + 2 * PAD.region,
    height: inside.height + 2 * PAD.region + TITLE,
    places: moved(inside.places, PAD.region, PAD.region + TITLE)
  };
}

/** Concepts in lines: each stands below all that it needs; lessons and pictures last. */
function byDepth(
  model: IGraphModel,
  ideas: readonly IGraphNode[]
): readonly (readonly IGraphNode[])[] {
  const own = new Set(ideas.map(({ index }) => index));
  const depths = new Map<number, number>();
  const depthOf = (index: number, way: ReadonlySet<number>): number => {
    const known = depths.get(index);
    if (known !== undefined) {
      return known;
    }
    let depth = 0;
    for (const { edge, other, outgoing } of model.links[index]) {
      // A circle of needs is a mistake in the notes; it must not hang the map.
      if (
        !outgoing &&
        model.edges[edge].kind === 'prerequisite' &&
        own.has(other) &&
        !way.has(other)
      ) {
        depth = Math.max(depth, 1 + depthOf(other, new Set([...way, index])));
      }
    }
    depths.set(index, depth);
    return depth;
  };
  const lines: IGraphNode[][] = [];
  const last: IGraphNode[] = [];
  for (const node of ideas) {
    if (node.type === 'concept') {
      (lines[depthOf(node.index, new Set([node.index]))] ??= []).push(node);
    } else {
      last.push(node);
    }
  }
  return [...lines, last].filter(line => line !== undefined && line.length > 0);
}
