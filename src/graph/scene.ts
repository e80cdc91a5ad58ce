/**
 * What the map shows, without how it looks: places, who is shown, lit, selected. Finds
 * the node under a point. No canvas, no DOM.
 */
import { type Quadtree, quadtree } from 'd3-quadtree';

import type { IGraphModel } from './model';
import { radiusOf } from './shapes';

export interface IBox {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

const NOBODY: IGraphModel = {
  nodes: [],
  edges: [],
  byId: new Map(),
  links: [],
  clusters: []
};

export class Scene {
  model: IGraphModel = NOBODY;
  /** World coordinates, interleaved; NaN: no place yet. */
  xy: Float32Array = new Float32Array();
  radii = new Float32Array();
  /** Model indices in the order in which names get room. */
  naming = new Int32Array();
  /** The nodes that stand out; null: all alike. */
  lit: ReadonlySet<number> | null = null;
  selected = -1;
  hovered = -1;

  setModel(model: IGraphModel, visible: Uint8Array): void {
    this.model = model;
    this._visible = visible;
    this.radii = Float32Array.from(model.nodes, ({ type, degree }) =>
      radiusOf(type, degree)
    );
    const weight = ({
      type,
      degree,
      label
    }: IGraphModel['nodes'][number]): number =>
      degree +
      (type === 'concept' ? 12 : type === 'file' ? 14 : 0) -
      // `__init__` and the like are everywhere and say little.
      (label.startsWith('__') ? 20 : 0);
    this.naming = Int32Array.from(
      [...model.nodes].sort(
        (a, b) => weight(b) - weight(a) || a.index - b.index
      ),
      ({ index }) => index
    );
    this.xy = new Float32Array(2 * model.nodes.length).fill(NaN);
    this.hovered = -1;
    this._tree = null;
  }

  setPlaces(xy: Float32Array): void {
    this.xy = xy;
    this._tree = null;
  }

  place(index: number, x: number, y: number): void {
    this.xy[2 * index] = x;
    this.xy[2 * index + 1] = y;
    this._tree = null;
  }

  /** Shown, and somewhere. */
  has(index: number): boolean {
    return this._visible[index] === 1 && !Number.isNaN(this.xy[2 * index]);
  }

  isLit(index: number): boolean {
    return this.lit === null || this.lit.has(index) || index === this.selected;
  }

  /** The nearest node whose outline, or a finger's reach around it, holds the point; -1. */
  at(x: number, y: number, reach: number): number {
    this._tree ??= this._index();
    const near = this._tree.find(x, y, Math.max(reach, LARGEST));
    if (near === undefined) {
      return -1;
    }
    const distance = Math.hypot(
      this.xy[2 * near] - x,
      this.xy[2 * near + 1] - y
    );
    return distance <= Math.max(reach, this.radii[near]) ? near : -1;
  }

  /** The box around these nodes (all shown ones by default); null where there is none. */
  box(indices: Iterable<number> = this.model.nodes.keys()): IBox | null {
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const index of indices) {
      if (this.has(index)) {
        const [x, y] = [this.xy[2 * index], this.xy[2 * index + 1]];
        const r = this.radii[index];
        x0 = Math.min(x0, x - r);
        y0 = Math.min(y0, y - r);
        x1 = Math.max(x1, x + r);
        y1 = Math.max(y1, y + r);
      }
    }
    return x0 <= x1 ? { x0, y0, x1, y1 } : null;
  }

  private _index(): Quadtree<number> {
    return quadtree<number>()
      .x(index => this.xy[2 * index])
      .y(index => this.xy[2 * index + 1])
      .addAll([...this.model.nodes.keys()].filter(index => this.has(index)));
  }

  private _visible: Uint8Array = new Uint8Array();
  private _tree: Quadtree<number> | null = null;
}

/** No node is larger (see `radiusOf`). */
const LARGEST = 12;
