/**
 * Mouse and finger on the map: hover, click, double click, drag of a node. Turns pixels
 * into nodes and says what was meant; moves and draws nothing itself.
 */
export interface IPointingOptions {
  /** The node under a point of the canvas (CSS pixels), -1 for none. */
  readonly at: (x: number, y: number) => number;
  /** -1 with the place of the pointer where no node is. */
  readonly hover: (index: number, x: number, y: number) => void;
  readonly leave: () => void;
  readonly click: (index: number, x: number, y: number) => void;
  readonly open: (index: number) => void;
  readonly drag: (index: number, x: number, y: number) => void;
  readonly dropped: (index: number) => void;
}

/** A press that moves less is a click. */
const SLACK = 4;

export class Pointing {
  constructor(
    private readonly _canvas: HTMLCanvasElement,
    private readonly _options: IPointingOptions
  ) {
    const { signal } = this._end;
    const listen = <K extends keyof HTMLElementEventMap>(
      type: K,
      hear: (event: HTMLElementEventMap[K]) => void
    ): void => _canvas.addEventListener(type, hear, { signal });
    listen('pointerdown', event => this._down(event));
    listen('pointermove', event => this._move(event));
    listen('pointerup', event => this._up(event));
    listen('pointercancel', () => this._drop());
    listen('pointerleave', () => _options.leave());
    listen('dblclick', event => {
      const index = this.under(event);
      if (index >= 0) {
        _options.open(index);
      }
    });
  }

  /** The node under a mouse or touch event, -1 for none. */
  under(event: MouseEvent | TouchEvent): number {
    const point = 'touches' in event ? event.touches[0] : event;
    return point === undefined ? -1 : this._options.at(...this._place(point));
  }

  dispose(): void {
    this._end.abort();
  }

  private _place(point: {
    clientX: number;
    clientY: number;
  }): [number, number] {
    const { left, top } = this._canvas.getBoundingClientRect();
    return [point.clientX - left, point.clientY - top];
  }

  private _down(event: PointerEvent): void {
    if (event.button !== 0 || !event.isPrimary) {
      return;
    }
    const [x, y] = this._place(event);
    this._press = { index: this._options.at(x, y), x, y, moved: false };
    if (this._press.index >= 0) {
      this._canvas.setPointerCapture(event.pointerId);
    }
  }

  private _move(event: PointerEvent): void {
    const [x, y] = this._place(event);
    const press = this._press;
    if (press === null) {
      this._options.hover(this._options.at(x, y), x, y);
      return;
    }
    press.moved ||= Math.hypot(x - press.x, y - press.y) > SLACK;
    if (press.moved && press.index >= 0) {
      this._options.drag(press.index, x, y);
    }
  }

  private _up(event: PointerEvent): void {
    const press = this._press;
    this._drop();
    if (press !== null && !press.moved && event.button === 0) {
      this._options.click(press.index, press.x, press.y);
    }
  }

  private _drop(): void {
    const press = this._press;
    this._press = null;
    if (press !== null && press.moved && press.index >= 0) {
      this._options.dropped(press.index);
    }
  }

  private readonly _end = new AbortController();
  private _press: {
    readonly index: number;
    readonly x: number;
    readonly y: number;
    moved: boolean;
  } | null = null;
}
