/**
 * The map on two canvases: the graph below; above it what the pointer means, so that
 * pointing costs a ring and a few lines and no redraw. Graph and places go in, events
 * come out. It lays nothing out and fetches nothing, and the camera moves only when it
 * is told to or when what is meant is out of sight.
 */
import type { NodeId } from '../../api/types.gen';
import type { IInView } from '../model/filter';
import type { IGraphModel, IGraphNode } from '../model/model';
import type { IPath } from '../model/path';
import type { IRegion } from '../model/regions';
import { Camera } from './camera';
import { drawScene } from './draw';
import { centred, fitting, type ILens, type IView, nudged } from './lens';
import { Overlay } from './overlay';
import { type IPalette, readPalette } from './palette';
import { CanvasPen } from './pen';
import { Pointing } from './pointing';
import { Scene } from './scene';
import { Targets } from './targets';

export interface IRendererEvents {
  /** Under the pointer, and where its middle is (CSS pixels in the host). */
  hover(node: IGraphNode | null, x: number, y: number): void;
  /** Edges under the pointer, none: an empty list. */
  reasons(edges: readonly number[], x: number, y: number): void;
  /** A click on a line: to the place that is its reason. */
  openReason(edge: number): void;
  select(id: NodeId | null): void;
  open(id: NodeId): void;
  /** Dragged to these world coordinates; a file takes along what it holds. */
  moved(id: NodeId, x: number, y: number): void;
}

const NEAR_ENOUGH = 1.5;
/** A neighbourhood is read, not overlooked: rather part of it than tiny. */
const READABLE = 0.85;

export class GraphRenderer {
  constructor(
    private readonly _host: HTMLElement,
    private readonly _events: IRendererEvents
  ) {
    this._below = canvas('jp-NanochatLearn-mapBelow');
    this._above = canvas('jp-NanochatLearn-mapAbove');
    _host.append(this._below, this._above);
    this._palette = readPalette(_host);
    this._overlay = new Overlay(this._above, this.scene);
    this._camera = new Camera(this._above, {
      moved: () => {
        // What was under the pointer has moved away from it.
        this._hover(-1);
        this._touch();
      },
      mayPan: event => this._pointing.under(event) < 0,
      still: () => matchMedia('(prefers-reduced-motion: reduce)').matches
    });
    this._pointing = this._listen();
    this._observer = new ResizeObserver(() => this._resize());
    this._observer.observe(_host);
  }

  readonly scene = new Scene();

  /**
   * Other nodes, or others of them shown. Places, lights and selection are to be given
   * again: the numbers of the model before mean nothing now.
   */
  setGraph(
    model: IGraphModel,
    view: IInView,
    regions: readonly IRegion[]
  ): void {
    this._hover(-1);
    const { scene } = this;
    scene.setModel(model, view, regions);
    scene.lit = null;
    scene.selected = -1;
    scene.pointed = [];
    scene.pinned = new Set();
    scene.trail = [];
    scene.path = null;
    this._touch();
  }

  /** x, y by model index, interleaved; NaN: not drawn. */
  setPositions(xy: Float32Array): void {
    this.scene.setPlaces(xy);
    this._touch();
  }

  /** These stand out; null: all alike. The camera stays. */
  light(lit: ReadonlySet<number> | null): void {
    this.scene.lit = lit;
    this._touch();
  }

  /** Ring around one; the camera follows only when it is out of sight. */
  select(id: NodeId | null): void {
    const node = id === null ? undefined : this.scene.model.byId.get(id);
    this.scene.selected = node?.index ?? -1;
    this._touch();
    if (node !== undefined) {
      this._camera.touched = true;
      this.reveal([node.index]);
    }
  }

  /** Rings around what somebody else points at: on the upper canvas, at once. */
  point(ids: readonly NodeId[]): void {
    const { byId } = this.scene.model;
    this.scene.pointed = ids.flatMap(id => byId.get(id)?.index ?? []);
    this._drawAbove();
  }

  /** Lines that a list tells about. */
  tell(edges: readonly number[]): void {
    this.scene.reasons = edges;
    this._drawAbove();
  }

  /** Marks that are drawn with the graph. */
  mark(marks: {
    readonly pinned?: ReadonlySet<number>;
    readonly trail?: readonly number[];
    readonly path?: IPath | null;
  }): void {
    Object.assign(this.scene, marks);
    this._touch();
  }

  /** Bring some of these into sight, if none of them is: one by moving, several by fitting. */
  reveal(indices: readonly number[]): void {
    const shown = indices.filter(index => this.scene.has(index));
    if (
      shown.length === 0 ||
      this._width === 0 ||
      shown.some(n => this._inSight(n))
    ) {
      return;
    }
    const { xy } = this.scene;
    const [first] = shown;
    this._camera.go(
      shown.length === 1
        ? nudged(this._view, xy[2 * first], xy[2 * first + 1], this._covered)
        : this._fitting(shown)
    );
  }

  /** These, or all, fill the panel; around `centre` where they would be too small to read. */
  fit(indices: Iterable<number> | null = null, centre = -1, cut = false): void {
    this._camera.touched = false;
    if (this._width === 0) {
      return;
    }
    const lens = this._fitting(indices);
    const { xy } = this.scene;
    const reads = lens.k < READABLE && centre >= 0 && this.scene.has(centre);
    this._camera.go(
      reads
        ? centred(
            xy[2 * centre],
            xy[2 * centre + 1],
            READABLE,
            this._width,
            this._height - this._covered
          )
        : lens,
      cut
    );
  }

  zoomBy(factor: number): void {
    this._camera.zoomBy(factor, this._width, this._height);
  }

  /** The theme is another one. */
  readColours(): void {
    this._palette = readPalette(this._host);
    this._touch();
  }

  /** So many pixels at the bottom are hidden by what lies on the map. */
  cover(height: number): void {
    this._covered = height;
  }

  /** Where the learner looks. */
  get lens(): ILens {
    return this._camera.lens;
  }

  get view(): IView {
    return this._view;
  }

  get palette(): IPalette {
    return this._palette;
  }

  dispose(): void {
    cancelAnimationFrame(this._frame);
    this._frame = -1;
    this._observer.disconnect();
    this._camera.dispose();
    this._pointing.dispose();
    this._below.remove();
    this._above.remove();
  }

  private _listen(): Pointing {
    const { scene } = this;
    const id = (index: number): NodeId => scene.model.nodes[index].id;
    const targets = new Targets(scene, () => this._camera.lens);
    return new Pointing(this._above, {
      at: (x, y) => targets.node(x, y),
      hover: (index, x, y) => {
        this._hover(index);
        this._reason(index < 0 ? targets.edges(x, y) : [], x, y);
      },
      leave: () => {
        this._hover(-1);
        this._reason([], 0, 0);
      },
      click: (index, x, y) => {
        const edges = index < 0 ? targets.edges(x, y) : [];
        const at = index < 0 ? targets.box(x, y) : index;
        if (edges.length > 0) {
          this._events.openReason(edges[0]);
        } else {
          this._events.select(at < 0 ? null : id(at));
        }
      },
      open: index => this._events.open(id(index)),
      drag: (index, x, y) => {
        targets.drag(index, x, y);
        this._camera.touched = true;
        this._touch();
      },
      dropped: index => {
        const { xy } = scene;
        for (const held of targets.held(index)) {
          this._events.moved(id(held), xy[2 * held], xy[2 * held + 1]);
        }
      }
    });
  }

  private _fitting(indices: Iterable<number> | null): ILens {
    const box = this.scene.box(indices ?? undefined) ?? this.scene.box();
    return box === null
      ? this._camera.lens
      : fitting(box, this._width, this._height - this._covered, NEAR_ENOUGH);
  }

  private _inSight(index: number): boolean {
    const { x, y, k } = this._camera.lens;
    const { xy } = this.scene;
    const [px, py] = [xy[2 * index] * k + x, xy[2 * index + 1] * k + y];
    const margin = 8;
    return (
      px > margin &&
      py > margin &&
      px < this._width - margin &&
      py < this._height - this._covered - margin
    );
  }

  private _hover(index: number): void {
    if (index !== this.scene.hovered) {
      this.scene.hovered = index;
      this._above.style.cursor = index < 0 ? '' : 'pointer';
      this._drawAbove();
      this._tellHover();
    }
  }

  private _reason(edges: readonly number[], x: number, y: number): void {
    if (edges.length > 0 || this.scene.reasons.length > 0) {
      this.scene.reasons = edges;
      this._above.style.cursor =
        edges.length > 0 || this.scene.hovered >= 0 ? 'pointer' : '';
      this._drawAbove();
      this._events.reasons(edges, x, y);
    }
  }

  private _tellHover(): void {
    const { hovered, model, xy } = this.scene;
    const { x, y, k } = this._camera.lens;
    if (hovered < 0) {
      this._events.hover(null, 0, 0);
    } else {
      this._events.hover(
        model.nodes[hovered],
        xy[2 * hovered] * k + x,
        xy[2 * hovered + 1] * k + y
      );
    }
  }

  private _resize(): void {
    const { clientWidth, clientHeight } = this._host;
    if (clientWidth === 0 || clientHeight === 0) {
      return;
    }
    const wider = clientWidth - this._width;
    const first = this._width === 0;
    this._width = clientWidth;
    this._height = clientHeight;
    const ratio = globalThis.devicePixelRatio || 1;
    for (const node of [this._below, this._above]) {
      node.width = Math.round(clientWidth * ratio);
      node.height = Math.round(clientHeight * ratio);
      contextOf(node).setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    // A map that nobody touched fits itself; any other keeps its middle.
    if (!this._camera.touched && (first || wider !== 0)) {
      this._events.hover(null, 0, 0);
      this.onFit();
    } else if (wider !== 0 && !first) {
      const { x, y, k } = this._camera.lens;
      this._camera.go({ k, x: x + wider / 2, y }, true);
    }
    // Setting the size cleared both; waiting for a frame would flicker.
    cancelAnimationFrame(this._frame);
    this._frame = 0;
    this._draw();
  }

  /** What an untouched map shows when its panel gets another width. */
  onFit: () => void = () => this.fit(null, -1, true);

  /** Something is another: one drawing, in the next frame. */
  private _touch(): void {
    this._frame ||= requestAnimationFrame(() => {
      this._frame = 0;
      this._draw();
    });
  }

  private _draw(): void {
    if (this._width === 0) {
      return;
    }
    const context = contextOf(this._below);
    context.clearRect(0, 0, this._width, this._height);
    const pen = new CanvasPen(context, this._palette.font);
    drawScene(pen, this.scene, this._view, this._palette);
    this._drawAbove();
    if (this.scene.hovered >= 0) {
      this._tellHover();
    }
  }

  private _drawAbove(): void {
    if (this._width > 0) {
      this._overlay.draw(this._view, this._palette);
    }
  }

  private get _view(): IView {
    return { ...this._camera.lens, width: this._width, height: this._height };
  }

  private readonly _below: HTMLCanvasElement;
  private readonly _above: HTMLCanvasElement;
  private readonly _overlay: Overlay;
  private readonly _camera: Camera;
  private readonly _pointing: Pointing;
  private readonly _observer: ResizeObserver;
  private _palette: IPalette;
  private _width = 0;
  private _height = 0;
  private _covered = 0;
  /** The frame that was asked for; 0: none; -1: never again. */
  private _frame = 0;
}

function canvas(name: string): HTMLCanvasElement {
  const node = document.createElement('canvas');
  node.className = name;
  // The list beside the map says the same in words.
  node.setAttribute('aria-hidden', 'true');
  return node;
}

function contextOf(node: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = node.getContext('2d');
  if (context === null) {
    throw new Error('This browser offers no canvas to draw the map on.');
  }
  return context;
}
