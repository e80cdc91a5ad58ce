/**
 * Where the learner looks: pan and zoom by mouse, touch and wheel (d3-zoom), and the
 * moves the panel makes by itself. Knows no nodes.
 */
import { select } from 'd3-selection';
import {
  type D3ZoomEvent,
  zoom,
  zoomIdentity,
  type ZoomBehavior
} from 'd3-zoom';

import { between, FARTHEST, type ILens, NEAREST } from './lens';

const MOVE_MS = 320;

export interface ICameraOptions {
  /** The lens is another one: draw. */
  readonly moved: () => void;
  /** May this press pan, or does it belong to a node? */
  readonly mayPan: (event: MouseEvent | TouchEvent) => boolean;
  /** The learner wants no motion: moves become cuts. */
  readonly still: () => boolean;
}

export class Camera {
  constructor(
    private readonly _canvas: HTMLCanvasElement,
    private readonly _options: ICameraOptions
  ) {
    this._zoom = zoom<HTMLCanvasElement, unknown>()
      .scaleExtent([FARTHEST, NEAREST])
      .filter(
        event =>
          (!event.ctrlKey || event.type === 'wheel') &&
          !event.button &&
          (event.type === 'wheel' || _options.mayPan(event))
      )
      .on('zoom', (event: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
        if (event.sourceEvent !== null) {
          this._arrive();
          this.touched = true;
        }
        const { x, y, k } = event.transform;
        this.lens = { x, y, k };
        _options.moved();
      });
    // A double click opens a node; d3-zoom would zoom as well.
    select(_canvas).call(this._zoom).on('dblclick.zoom', null);
  }

  lens: ILens = { x: 0, y: 0, k: 1 };
  /** The learner moved it: the panel no longer fits the map by itself. */
  touched = false;

  /** Go there, in motion unless the learner wants none or `cut` says so. */
  go(to: ILens, cut = false): void {
    this._arrive();
    if (cut || this._options.still()) {
      this._set(to);
      return;
    }
    const from = this.lens;
    const start = performance.now();
    const step = (now: number): void => {
      const t = Math.min(1, Math.max(0, (now - start) / MOVE_MS));
      this._set(between(from, to, t * t * (3 - 2 * t)));
      this._frame = t < 1 ? requestAnimationFrame(step) : 0;
    };
    this._frame = requestAnimationFrame(step);
  }

  /** Nearer (above 1) or farther, around the middle of the panel. */
  zoomBy(factor: number, width: number, height: number): void {
    const { x, y, k } = this.lens;
    const next = Math.max(FARTHEST, Math.min(NEAREST, k * factor));
    const by = next / k;
    this.touched = true;
    this.go({
      k: next,
      x: width / 2 - (width / 2 - x) * by,
      y: height / 2 - (height / 2 - y) * by
    });
  }

  dispose(): void {
    this._arrive();
    select(this._canvas).on('.zoom', null);
  }

  private _arrive(): void {
    cancelAnimationFrame(this._frame);
    this._frame = 0;
  }

  private _set({ x, y, k }: ILens): void {
    this._zoom.transform(
      select(this._canvas),
      zoomIdentity.translate(x, y).scale(k)
    );
  }

  private readonly _zoom: ZoomBehavior<HTMLCanvasElement, unknown>;
  private _frame = 0;
}
