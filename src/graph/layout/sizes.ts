/**
 * How much room a node and its name take, in world units (pixels at zoom 1). Names are
 * estimated, not measured: places must be the same on every machine.
 */
import type { IGraphModel, IGraphNode } from '../model/model';

/** Around a point. */
export interface IReach {
  readonly left: number;
  readonly right: number;
  readonly up: number;
  readonly down: number;
}

export interface IBox {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** One line of code's names. */
export const ROW = 19;
/** Room between a box and what it holds. */
export const PAD: Readonly<Record<'file' | 'class' | 'region', number>> = {
  file: 9,
  class: 5,
  region: 22
};
/** Above what a region holds, for its title. */
export const TITLE = 30;
/** Longer names are cut, except the selected one. */
const LONGEST = 26;
const LETTER = 6.3;

export function shortName(label: string): string {
  return label.length <= LONGEST
    ? label
    : `${label.slice(0, LONGEST - 1).trimEnd()}…`;
}

/** The name on the map: inside its class a method needs no surname. */
export function mapName(
  model: IGraphModel,
  { label, parent }: IGraphNode
): string {
  return parent >= 0 && model.nodes[parent].type === 'class'
    ? label.slice(label.lastIndexOf('.') + 1)
    : label;
}

export function nameWidth(name: string): number {
  return LETTER * shortName(name).length;
}

/** Glyph and name, without what the node holds. */
export function reachOf(model: IGraphModel, node: IGraphNode): IReach {
  const name = nameWidth(mapName(model, node));
  switch (node.type) {
    case 'concept':
      return { left: 13, right: 17 + 1.06 * name, up: 14, down: 14 };
    case 'file':
      return { left: 9, right: 18 + 1.2 * name, up: 11, down: 11 };
    case 'class':
      return { left: 7, right: 12 + 1.04 * name, up: ROW / 2, down: ROW / 2 };
    case 'lesson':
    case 'viz':
      return { left: 9, right: 12 + name, up: 12, down: 12 };
    default:
      return { left: 7, right: 10 + name, up: ROW / 2, down: ROW / 2 };
  }
}

export function boxAt(x: number, y: number, reach: IReach): IBox {
  return {
    x0: x - reach.left,
    y0: y - reach.up,
    x1: x + reach.right,
    y1: y + reach.down
  };
}

export function grown(box: IBox, by: number): IBox {
  return {
    x0: box.x0 - by,
    y0: box.y0 - by,
    x1: box.x1 + by,
    y1: box.y1 + by
  };
}

export function joined(one: IBox, other: IBox): IBox {
  return {
    x0: Math.min(one.x0, other.x0),
    y0: Math.min(one.y0, other.y0),
    x1: Math.max(one.x1, other.x1),
    y1: Math.max(one.y1, other.y1)
  };
}

export function meet(one: IBox, other: IBox): boolean {
  return (
    one.x0 < other.x1 &&
    other.x0 < one.x1 &&
    one.y0 < other.y1 &&
    other.y0 < one.y1
  );
}

/** How far apart two boxes are, along the wider gap; 0 where they meet. */
export function gapBetween(one: IBox, other: IBox): number {
  return Math.max(
    0,
    one.x0 - other.x1,
    other.x0 - one.x1,
    one.y0 - other.y1,
    other.y0 - one.y1
  );
}
