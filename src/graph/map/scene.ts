/**
 * What the map shows, without how it looks: places, boxes, who is shown, lit, selected.
 * Finds the node or edge under a point. No canvas, no DOM.
 */
import { type Quadtree, quadtree } from 'd3-quadtree';

import { findBoxes, findRegions, type IRegionBox } from '../layout/boxes';
import {
  boxAt,
  gapBetween,
  type IBox,
  type IReach,
  joined,
  reachOf
} from '../layout/sizes';
import type { IInView } from '../model/filter';
import type { IGraphModel } from '../model/model';
import type { IPath } from '../model/path';
import type { Masteries } from '../model/mastery';
import type { IRegion } from '../model/regions';
import { radiusOf } from './shapes';

const NOBODY: IGraphModel = {
  nodes: [],
  edges: [],
  byId: new Map(),
  links: [],
  clusters: [],
  paths: new Set()
};
const NOTHING: IInView = { nodes: new Uint8Array(), edges: new Uint8Array() };

export class Scene {
  model: IGraphModel = NOBODY;
  /** World coordinates, interleaved; NaN: no place yet. */
  xy: Float32Array = new Float32Array();
  radii = new Float32Array();
  reaches: readonly IReach[] = [];
  /** Model indices in the order in which names get room. */
  naming = new Int32Array();
  /** The nodes that stand out; null: all alike. */
  lit: ReadonlySet<number> | null = null;
  selected = -1;
  hovered = -1;
  /** Edges that are told about, by pointer or from a list. */
  reasons: readonly number[] = [];
  /** Nodes that somebody else points at. */
  pointed: readonly number[] = [];
  pinned: ReadonlySet<number> = new Set();
  /** Visited nodes, the newest last. */
  trail: readonly number[] = [];
  path: IPath | null = null;
  /** Concepts are coloured by how far they are understood; null: by region. */
  mastery: Masteries | null = null;
  /** Arranged by forces: no sheets, no frames around regions. */
  free = false;

  setModel(
    model: IGraphModel,
    view: IInView,
    regions: readonly IRegion[]
  ): void {
    this.model = model;
    this.view = view;
    this.groups = regions;
    this.radii = Float32Array.from(model.nodes, ({ type, degree }) =>
      radiusOf(type, degree)
    );
    this.reaches = model.nodes.map(node => reachOf(model, node));
    const weight = ({
      type,
      degree,
      label
    }: IGraphModel['nodes'][number]): number =>
      degree +
      (type === 'concept' ? 20 : type === 'file' ? 60 : 0) -
      // `__init__` and the like are everywhere and say little.
      (label.includes('__') ? 20 : 0);
    this.naming = Int32Array.from(
      [...model.nodes].sort(
        (a, b) => weight(b) - weight(a) || a.index - b.index
      ),
      ({ index }) => index
    );
    this.xy = new Float32Array(2 * model.nodes.length).fill(NaN);
    this.hovered = -1;
    this.reasons = [];
    this._moved();
  }

  view: IInView = NOTHING;
  /** Who belongs together, however it is arranged. */
  groups: readonly IRegion[] = [];

  setPlaces(xy: Float32Array, free = false): void {
    this.xy = xy;
    this.free = free;
    this._moved();
  }

  place(index: number, x: number, y: number): void {
    this.xy[2 * index] = x;
    this.xy[2 * index + 1] = y;
    this._moved();
  }

  /** Shown, and somewhere. */
  has(index: number): boolean {
    return this.view.nodes[index] === 1 && !Number.isNaN(this.xy[2 * index]);
  }

  isLit(index: number): boolean {
    return this.lit === null || this.lit.has(index) || index === this.selected;
  }

  /** Drawn as a line: containment is not where a box says it. */
  hasLine(edge: number): boolean {
    this._lines ??= Uint8Array.from(this.model.edges, (_, n) =>
      this.view.edges[n] === 1 && !this._inBox(n) ? 1 : 0
    );
    return this._lines[edge] === 1;
  }

  /** Around each shown file or class and what it holds; null for other nodes. */
  get boxes(): readonly (IBox | null)[] {
    this._boxes ??= this.free
      ? this.model.nodes.map(() => null)
      : findBoxes(this.model, index =>
          this.has(index) ? this._own(index) : null
        );
    return this._boxes;
  }

  get regions(): readonly IRegionBox[] {
    this._regionBoxes ??= this.free
      ? []
      : findRegions(this.groups, index =>
          this.has(index) ? (this.boxes[index] ?? this._own(index)) : null
        );
    return this._regionBoxes;
  }

  /** The region that a top-level node stands in; null for none. */
  regionOf(index: number): IRegionBox | null {
    if (this._homes === null) {
      this._homes = new Map(
        this.regions.flatMap(box =>
          box.region.members.map(member => [member, box] as const)
        )
      );
    }
    return this._homes.get(index) ?? null;
  }

  /** The nearest node whose outline or name, or a finger's reach, holds the point; -1. */
  at(x: number, y: number, reach: number, named: boolean): number {
    this._tree ??= this._index();
    const near = this._tree.find(x, y, Math.max(reach, LARGEST));
    if (near !== undefined) {
      const distance = Math.hypot(
        this.xy[2 * near] - x,
        this.xy[2 * near + 1] - y
      );
      if (distance <= Math.max(reach, this.radii[near])) {
        return near;
      }
    }
    return named ? this._nameAt(x, y) : -1;
  }

  /** The edges whose line passes the point, those of the nearest pair of nodes. */
  edgesAt(
    x: number,
    y: number,
    reach: number,
    among: (edge: number) => boolean
  ): readonly number[] {
    let best = -1;
    let least = reach;
    this.model.edges.forEach(({ source, target }, edge) => {
      if (!this.hasLine(edge) || !among(edge)) {
        return;
      }
      const { xy } = this;
      const distance = toSegment(
        x,
        y,
        xy[2 * source],
        xy[2 * source + 1],
        xy[2 * target],
        xy[2 * target + 1]
      );
      if (distance < least) {
        least = distance;
        best = edge;
      }
    });
    if (best < 0) {
      return [];
    }
    const { source, target } = this.model.edges[best];
    return this.model.links[source]
      .filter(
        ({ other, edge }) => other === target && this.view.edges[edge] === 1
      )
      .map(({ edge }) => edge);
  }

  /** The box around these nodes (all shown ones by default); null where there is none. */
  box(indices?: Iterable<number>): IBox | null {
    let all: IBox | null = null;
    for (const index of indices ?? this.model.nodes.keys()) {
      if (this.has(index)) {
        const box = this._own(index);
        all = all === null ? box : joined(all, box);
      }
    }
    if (indices === undefined) {
      for (const region of this.regions) {
        all = all === null ? region : joined(all, region);
      }
    }
    return all;
  }

  private _own(index: number): IBox {
    return boxAt(
      this.xy[2 * index],
      this.xy[2 * index + 1],
      this.reaches[index]
    );
  }

  private _inBox(edge: number): boolean {
    const { source, target, kind } = this.model.edges[edge];
    const box = kind === 'contains' ? this.boxes[source] : null;
    return box !== null && gapBetween(box, this._own(target)) === 0;
  }

  private _nameAt(x: number, y: number): number {
    for (const { index } of this.model.nodes) {
      if (this.has(index)) {
        const { x0, y0, x1, y1 } = this._own(index);
        if (x >= x0 && x <= x1 && y >= y0 && y <= y1) {
          return index;
        }
      }
    }
    return -1;
  }

  private _index(): Quadtree<number> {
    return quadtree<number>()
      .x(index => this.xy[2 * index])
      .y(index => this.xy[2 * index + 1])
      .addAll([...this.model.nodes.keys()].filter(index => this.has(index)));
  }

  private _moved(): void {
    this._tree = null;
    this._boxes = null;
    this._regionBoxes = null;
    this._lines = null;
    this._homes = null;
  }

  private _tree: Quadtree<number> | null = null;
  private _boxes: readonly (IBox | null)[] | null = null;
  private _regionBoxes: readonly IRegionBox[] | null = null;
  private _lines: Uint8Array | null = null;
  private _homes: ReadonlyMap<number, IRegionBox> | null = null;
}

/** From a point to a stretch of line. */
function toSegment(
  x: number,
  y: number,
  x0: number,
  y0: number,
  x1: number,
  y1: number
): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const t = Math.max(
    0,
    Math.min(1, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1))
  );
  return Math.hypot(x0 + t * dx - x, y0 + t * dy - y);
}

/** No node is larger (see `radiusOf`). */
const LARGEST = 12;
