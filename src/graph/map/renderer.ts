/**
 * The map on two canvases: the graph below; above it what the pointer means, so that
 * pointing costs a ring and a few lines and no redraw. Graph and places go in, events
 * come out. It lays nothing out and fetches nothing, and the camera moves only when it
 * is told to or when what is meant is out of sight.
 */
import type { NodeId } from '../../api/types.gen';
import type { IInView } from '../model/filter';
import type { IGraphModel } from '../model/model';
import type { Masteries } from '../model/mastery';
import type { IPath } from '../model/path';
import type { IRegion } from '../model/regions';
import { Camera } from './camera';
import { Canvases, contextOf } from './canvases';
import { drawScene } from './draw';
import { centred, fitting, type ILens, type IView, nudged } from './lens';
import { Overlay } from './overlay';
import { type IPalette, readPalette } from './palette';
import { CanvasPen } from './pen';
import { Scene } from './scene';
import { type ITouchEvents, Touch } from './touch';

const NEAR_ENOUGH = 1.5;
/** A neighbourhood is read, not overlooked: rather part of it than tiny. */
const READABLE = 0.85;

export class GraphRenderer {
  constructor(
    private readonly _host: HTMLElement,
    events: ITouchEvents
  ) {
    this._canvases = new Canvases(_host, before => this._resized(before));
    this._palette = readPalette(_host);
    this._overlay = new Overlay(this._canvases.above, this.scene);
    this._camera = new Camera(this._canvases.above, {
      moved: () => {
        // What was under the pointer has moved away from it.
        this._touch.hover(-1);
        this._soon();
      },
      mayPan: event => this._touch.isFree(event),
      still: () => matchMedia('(prefers-reduced-motion: reduce)').matches
    });
    this._touch = new Touch(this._canvases.above, this.scene, events, {
      lens: () => this.lens,
      hovered: () => this._drawAbove(),
      dragged: () => {
        this._camera.touched = true;
        this._soon();
      }
    });
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
    this._touch.hover(-1);
    const { scene } = this;
    scene.setModel(model, view, regions);
    scene.lit = null;
    scene.selected = -1;
    scene.pointed = [];
    scene.pinned = new Set();
    scene.trail = [];
    scene.path = null;
    this._soon();
  }

  /** x, y by model index, interleaved; NaN: not drawn. `free`: by forces. */
  setPositions(xy: Float32Array, free = false): void {
    this.scene.setPlaces(xy, free);
    this._soon();
  }

  /** These stand out; null: all alike. The camera stays. */
  light(lit: ReadonlySet<number> | null): void {
    this.scene.lit = lit;
    this._soon();
  }

  /** Ring around one; the camera follows only when it is out of sight. */
  select(id: NodeId | null): void {
    const node = id === null ? undefined : this.scene.model.byId.get(id);
    this.scene.selected = node?.index ?? -1;
    this._soon();
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
    readonly mastery?: Masteries | null;
  }): void {
    Object.assign(this.scene, marks);
    this._soon();
  }

  /**
   * Bring these into sight if none of them is, or, for `all`, if one of them is not: one
   * by moving, several by fitting.
   */
  reveal(indices: readonly number[], all = false): void {
    const shown = indices.filter(index => this.scene.has(index));
    const seen = shown.filter(n => this._inSight(n)).length;
    if (
      shown.length === 0 ||
      this._canvases.width === 0 ||
      (all ? seen === shown.length : seen > 0)
    ) {
      return;
    }
    const { xy } = this.scene;
    const [first] = shown;
    this._camera.go(
      shown.length === 1
        ? nudged(this.view, xy[2 * first], xy[2 * first + 1], this._covered)
        : this._fitting(shown)
    );
  }

  /** These, or all, fill the panel; around `centre` where they would be too small to read. */
  fit(indices: Iterable<number> | null = null, centre = -1, cut = false): void {
    this._camera.touched = false;
    if (this._canvases.width === 0) {
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
            this._canvases.width,
            this._canvases.height - this._covered
          )
        : lens,
      cut
    );
  }

  /** Width / height of the panel, in steps and never extreme. */
  get form(): number {
    const { clientWidth, clientHeight } = this._host;
    const form = clientWidth / Math.max(1, clientHeight);
    return Math.round(Math.max(0.4, Math.min(1.8, form)) * 10) / 10;
  }

  /** Has the learner moved the map, or something been brought into sight? */
  get touched(): boolean {
    return this._camera.touched;
  }

  /** Back to where somebody looked before. */
  lookFrom(lens: ILens): void {
    this._camera.touched = true;
    this._camera.go(lens, true);
  }

  zoomBy(factor: number): void {
    this._camera.zoomBy(factor, this._canvases.width, this._canvases.height);
  }

  /** The theme is another one. */
  readColours(): void {
    this._palette = readPalette(this._host);
    this._soon();
  }

  /**
   * So many pixels at the bottom are hidden by what lies on the map. What it hides of the
   * choice or the way that it tells about comes out from below it.
   */
  cover(height: number): void {
    const more = height > this._covered;
    this._covered = height;
    const { path, selected } = this.scene;
    if (more) {
      this.reveal(path?.nodes ?? [selected], true);
    }
  }

  /** Where the learner looks. */
  get lens(): ILens {
    return this._camera.lens;
  }

  get palette(): IPalette {
    return this._palette;
  }

  dispose(): void {
    cancelAnimationFrame(this._frame);
    this._frame = -1;
    this._camera.dispose();
    this._touch.dispose();
    this._canvases.dispose();
  }

  private _fitting(indices: Iterable<number> | null): ILens {
    const box = this.scene.box(indices ?? undefined) ?? this.scene.box();
    return box === null
      ? this._camera.lens
      : fitting(
          box,
          this._canvases.width,
          this._canvases.height - this._covered,
          NEAR_ENOUGH,
          indices === null
        );
  }

  private _inSight(index: number): boolean {
    const { x, y, k } = this._camera.lens;
    const { xy } = this.scene;
    const [px, py] = [xy[2 * index] * k + x, xy[2 * index + 1] * k + y];
    const margin = 8;
    return (
      px > margin &&
      py > margin &&
      px < this._canvases.width - margin &&
      py < this._canvases.height - this._covered - margin
    );
  }

  private _resized(before: { readonly width: number }): void {
    const wider = this._canvases.width - before.width;
    // A map that nobody touched fits itself; any other keeps its middle.
    if (wider !== 0 && !this._camera.touched) {
      this.onFit();
    } else if (wider !== 0 && before.width > 0) {
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
  private _soon(): void {
    this._frame ||= requestAnimationFrame(() => {
      this._frame = 0;
      this._draw();
    });
  }

  private _draw(): void {
    if (this._canvases.width === 0) {
      return;
    }
    const context = contextOf(this._canvases.below);
    context.clearRect(0, 0, this._canvases.width, this._canvases.height);
    const pen = new CanvasPen(context, this._palette.font);
    drawScene(pen, this.scene, this.view, this._palette);
    this._drawAbove();
    if (this.scene.hovered >= 0) {
      this._touch.tell();
    }
  }

  private _drawAbove(): void {
    if (this._canvases.width > 0) {
      this._overlay.draw(this.view, this._palette);
    }
  }

  /** What is on the panel. */
  get view(): IView {
    const { width, height } = this._canvases;
    return { ...this._camera.lens, width, height };
  }

  private readonly _canvases: Canvases;
  private readonly _overlay: Overlay;
  private readonly _camera: Camera;
  private readonly _touch: Touch;
  private _palette: IPalette;
  private _covered = 0;
  /** The frame that was asked for; 0: none; -1: never again. */
  private _frame = 0;
}
