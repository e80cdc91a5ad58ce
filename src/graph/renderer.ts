/**
 * The map on two canvases: the graph below, the hover ring above, so that pointing costs
 * one ring and no redraw. Another renderer can take its place: graph and places go in,
 * `hover`, `select`, `open` and `moved` come out. It lays nothing out and fetches nothing.
 */
import type { NodeId } from '../api/types.gen';
import { Camera } from './camera';
import { drawRing, drawScene } from './draw';
import { focusSet } from './filter';
import { centred, fitting, type ILens, type IView } from './lens';
import type { IGraphModel, IGraphNode } from './model';
import { type IPalette, readPalette } from './palette';
import { Pointing } from './pointing';
import { Scene } from './scene';

export interface IRendererEvents {
  /** Under the pointer, and where its middle is (CSS pixels in the host). */
  hover(node: IGraphNode | null, x: number, y: number): void;
  select(id: NodeId | null): void;
  open(id: NodeId): void;
  /** Dragged to these world coordinates. */
  moved(id: NodeId, x: number, y: number): void;
}

const NEAR_ENOUGH = 1.6;
/** A neighbourhood is read, not overlooked: rather part of it than tiny. */
const READABLE = 0.8;
/** A finger is wider than a node far away. */
const REACH = 10;

export class GraphRenderer {
  constructor(
    private readonly _host: HTMLElement,
    private readonly _events: IRendererEvents
  ) {
    this._below = canvas('jp-NanochatLearn-mapBelow');
    this._above = canvas('jp-NanochatLearn-mapAbove');
    _host.append(this._below, this._above);
    this._palette = readPalette(_host);
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

  /**
   * Other nodes, or others of them shown. Places come with `setPositions`; focus,
   * highlight and selection are to be given again.
   */
  setGraph(model: IGraphModel, visible: Uint8Array): void {
    this._visible = visible;
    this._hover(-1);
    this._scene.setModel(model, visible);
    // Numbers of the model before: meaningless now.
    this._focus = null;
    this._highlight = null;
    this._light();
    this._scene.selected = -1;
    this._touch();
  }

  /** x, y by model index, interleaved; NaN: not drawn. */
  setPositions(xy: Float32Array): void {
    this._scene.setPlaces(xy);
    this._touch();
    if (!this._camera.touched) {
      this.fit(true);
    }
  }

  /** The nodes and their surroundings stand out, the camera goes there; none: all alike. */
  focus(
    ids: readonly NodeId[],
    { hops, room }: { readonly hops: number; readonly room?: number }
  ): ReadonlySet<number> | null {
    const start = this._indices(ids);
    const { model } = this._scene;
    this._centre = start[0] ?? -1;
    this._focus =
      start.length === 0
        ? null
        : focusSet(model, start, hops, this._visible, room);
    this._camera.touched = false;
    this._light();
    this.fit();
    return this._focus;
  }

  /** These stand out, whatever is in focus; an empty list ends it. */
  highlight(ids: readonly NodeId[]): void {
    const indices = this._indices(ids);
    this._highlight = indices.length === 0 ? null : new Set(indices);
    this._light();
    if (this._highlight !== null) {
      this.fit();
    }
  }

  /** Ring around one; the camera follows only when it is out of sight. */
  select(id: NodeId | null): void {
    const node = id === null ? undefined : this._scene.model.byId.get(id);
    this._scene.selected = node?.index ?? -1;
    this._touch();
    if (node !== undefined && !this._inSight(node.index)) {
      this._camera.touched = true;
      this._camera.go(this._around(node.index, this._camera.lens.k));
    }
  }

  /** What stands out, or all, fills the panel. */
  fit(cut = false): void {
    const scene = this._scene;
    this._camera.touched = false;
    const box = scene.box(scene.lit ?? undefined) ?? scene.box();
    if (box === null || this._width === 0) {
      return;
    }
    const lens = fitting(box, this._width, this._height, NEAR_ENOUGH);
    const reads =
      lens.k < READABLE &&
      this._highlight === null &&
      this._focus !== null &&
      scene.has(this._centre);
    this._camera.go(reads ? this._around(this._centre, READABLE) : lens, cut);
  }

  zoomBy(factor: number): void {
    this._camera.zoomBy(factor, this._width, this._height);
  }

  /** The theme is another one. */
  readColours(): void {
    this._palette = readPalette(this._host);
    this._touch();
  }

  /** Where the learner looks. */
  get lens(): ILens {
    return this._camera.lens;
  }

  get scene(): Scene {
    return this._scene;
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
    const scene = this._scene;
    const world = (x: number, y: number): [number, number] => {
      const { lens } = this._camera;
      return [(x - lens.x) / lens.k, (y - lens.y) / lens.k];
    };
    const id = (index: number): NodeId => scene.model.nodes[index].id;
    return new Pointing(this._above, {
      at: (x, y) => scene.at(...world(x, y), REACH / this._camera.lens.k),
      hover: index => this._hover(index),
      click: index => this._events.select(index < 0 ? null : id(index)),
      open: index => this._events.open(id(index)),
      drag: (index, x, y) => {
        scene.place(index, ...world(x, y));
        this._camera.touched = true;
        this._touch();
      },
      dropped: index => {
        const { xy } = scene;
        this._events.moved(id(index), xy[2 * index], xy[2 * index + 1]);
      }
    });
  }

  private _indices(ids: readonly NodeId[]): number[] {
    const { byId } = this._scene.model;
    return ids.flatMap(id => byId.get(id)?.index ?? []);
  }

  private _light(): void {
    this._scene.lit = this._highlight ?? this._focus;
    this._touch();
  }

  private _around(index: number, k: number): ILens {
    const { xy } = this._scene;
    return centred(
      xy[2 * index],
      xy[2 * index + 1],
      k,
      this._width,
      this._height
    );
  }

  private _inSight(index: number): boolean {
    const { x, y, k } = this._camera.lens;
    const { xy } = this._scene;
    const [px, py] = [xy[2 * index] * k + x, xy[2 * index + 1] * k + y];
    const margin = 12;
    return (
      !this._scene.has(index) ||
      (px > margin &&
        py > margin &&
        px < this._width - margin &&
        py < this._height - margin)
    );
  }

  private _hover(index: number): void {
    if (index === this._scene.hovered) {
      return;
    }
    this._scene.hovered = index;
    this._above.style.cursor = index < 0 ? '' : 'pointer';
    this._drawHover();
    this._tellHover();
  }

  private _tellHover(): void {
    const { hovered, model, xy } = this._scene;
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
      this._width = 0;
      return;
    }
    this._width = clientWidth;
    this._height = clientHeight;
    const ratio = globalThis.devicePixelRatio || 1;
    for (const { canvas } of [this._context, this._overlay]) {
      canvas.width = Math.round(clientWidth * ratio);
      canvas.height = Math.round(clientHeight * ratio);
    }
    this._context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this._overlay.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (!this._camera.touched) {
      this.fit(true);
    }
    // Setting the size cleared both; waiting for a frame would flicker.
    cancelAnimationFrame(this._frame);
    this._frame = 0;
    this._draw();
  }

  /** Something is another: one drawing, in the next frame. */
  private _touch(): void {
    this._frame ||= this._soon();
  }

  private _soon(): number {
    return requestAnimationFrame(() => {
      this._frame = 0;
      this._draw();
    });
  }

  private _draw(): void {
    if (this._width === 0) {
      return;
    }
    drawScene(this._context, this._scene, this._view, this._palette);
    if (this._scene.hovered >= 0) {
      this._drawHover();
      this._tellHover();
    }
  }

  private _drawHover(): void {
    const { hovered } = this._scene;
    this._overlay.clearRect(0, 0, this._width, this._height);
    if (hovered >= 0 && this._scene.has(hovered)) {
      const { accent } = this._palette;
      drawRing(this._overlay, this._scene, this._view, hovered, accent, 2);
    }
  }

  private get _view(): IView {
    return { ...this._camera.lens, width: this._width, height: this._height };
  }

  private readonly _scene = new Scene();
  private readonly _below: HTMLCanvasElement;
  private readonly _above: HTMLCanvasElement;
  private get _context(): CanvasRenderingContext2D {
    return contextOf(this._below);
  }
  private get _overlay(): CanvasRenderingContext2D {
    return contextOf(this._above);
  }
  private readonly _camera: Camera;
  private readonly _pointing: Pointing;
  private readonly _observer: ResizeObserver;
  private _palette: IPalette;
  private _visible: Uint8Array = new Uint8Array();
  private _focus: ReadonlySet<number> | null = null;
  /** The node that the focus is about; -1 without one. */
  private _centre = -1;
  private _highlight: ReadonlySet<number> | null = null;
  private _width = 0;
  private _height = 0;
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
