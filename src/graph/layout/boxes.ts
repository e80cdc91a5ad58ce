/**
 * The boxes on the map: around each file and class what it holds, around each region its
 * members. They follow from where the nodes stand; what was dragged far away leaves. Pure.
 */
import { gapBetween, grown, type IBox, joined, PAD, TITLE } from './sizes';
import type { IGraphModel } from '../model/model';
import type { IRegion } from '../model/regions';

/** What was dragged farther away than this leaves its box. */
const BELONGS = 90;

/** A region with something in it to show. */
export interface IRegionBox extends IBox {
  readonly region: IRegion;
}

/** Room that a node takes by itself; null where it is not shown. */
type Own = (index: number) => IBox | null;

/** By node; null for all but shown files and classes. From the inside out. */
export function findBoxes(
  model: IGraphModel,
  own: Own
): readonly (IBox | null)[] {
  const boxes: (IBox | null)[] = model.nodes.map(() => null);
  const held = new Map<number, number[]>();
  for (const { index, parent } of model.nodes) {
    if (parent >= 0 && own(index) !== null) {
      const siblings = held.get(parent);
      if (siblings === undefined) {
        held.set(parent, [index]);
      } else {
        siblings.push(index);
      }
    }
  }
  const find = (index: number): IBox[] => {
    const start = own(index);
    const children = held.get(index) ?? [];
    // Taken out first: a circle of containers must not hang the map.
    held.delete(index);
    const inside = children.flatMap(find);
    const { type } = model.nodes[index];
    if (start === null) {
      return inside;
    }
    if (type !== 'file' && (type !== 'class' || inside.length === 0)) {
      return [start];
    }
    const box = grown(gathered(start, inside), PAD[type]);
    boxes[index] = box;
    return [box];
  };
  model.nodes.forEach(({ index, type }) => {
    if (type === 'file') {
      find(index);
    }
  });
  // Classes whose file is not shown.
  [...held.keys()].forEach(find);
  return boxes;
}

export function findRegions(
  regions: readonly IRegion[],
  own: Own
): readonly IRegionBox[] {
  return regions.flatMap(region => {
    const parts = region.members.flatMap(index => own(index) ?? []);
    if (parts.length === 0) {
      return [];
    }
    const middle = median(parts);
    const gap = (box: IBox): number => gapBetween(box, middle);
    parts.sort((a, b) => gap(a) - gap(b));
    const box = gathered(parts[0], parts.slice(1));
    const { x0, y0, x1, y1 } = grown(box, PAD.region);
    return [{ region, x0, y0: y0 - TITLE, x1, y1 }];
  });
}

/** The start and what lies near enough to it or to what came before. */
function gathered(start: IBox, parts: readonly IBox[]): IBox {
  let box = start;
  let waiting = parts;
  for (;;) {
    const far: IBox[] = [];
    for (const part of waiting) {
      if (gapBetween(box, part) <= BELONGS) {
        box = joined(box, part);
      } else {
        far.push(part);
      }
    }
    if (far.length === waiting.length) {
      return box;
    }
    waiting = far;
  }
}

/** A point where most boxes are. */
function median(boxes: readonly IBox[]): IBox {
  const middle = (of: (box: IBox) => number): number =>
    [...boxes].map(of).sort((a, b) => a - b)[Math.floor(boxes.length / 2)];
  const x = middle(({ x0, x1 }) => (x0 + x1) / 2);
  const y = middle(({ y0, y1 }) => (y0 + y1) / 2);
  return { x0: x, y0: y, x1: x, y1: y };
}
