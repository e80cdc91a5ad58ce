/**
 * What the map is drawn with: few strokes, so that the same drawing goes to a canvas
 * and, by `svg-pen.ts`, into a file. CSS pixels; keeps nothing between strokes.
 */
export interface IStroke {
  readonly colour: string;
  readonly width: number;
  readonly alpha?: number;
  readonly dash?: readonly number[];
}

export interface IFill {
  readonly colour: string;
  readonly alpha?: number;
}

export interface IText {
  readonly size: number;
  readonly colour: string;
  readonly bold?: boolean;
  readonly alpha?: number;
  /** A rim of this colour keeps the text readable on lines. */
  readonly halo?: string;
}

export interface IOutline {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  circle(x: number, y: number, radius: number): void;
  closePath(): void;
}

export interface IPen<Outline extends IOutline = IOutline> {
  outline(): Outline;
  fill(outline: Outline, fill: IFill): void;
  stroke(outline: Outline, stroke: IStroke): void;
  /** x0, y0, x1, y1 of each line, one after the other. */
  lines(points: readonly number[], stroke: IStroke): void;
  box(
    x: number,
    y: number,
    width: number,
    height: number,
    radius: number,
    fill: IFill | null,
    stroke: IStroke | null
  ): void;
  /** x, y, width of each bar, one after the other. */
  bars(points: readonly number[], height: number, fill: IFill): void;
  /** Left end and middle line of the text. */
  text(text: string, x: number, y: number, look: IText): void;
  widthOf(text: string, size: number, bold?: boolean): number;
}

/** A canvas path that knows whole circles. */
class CanvasOutline implements IOutline {
  readonly path = new Path2D();
  moveTo(x: number, y: number): void {
    this.path.moveTo(x, y);
  }
  lineTo(x: number, y: number): void {
    this.path.lineTo(x, y);
  }
  circle(x: number, y: number, radius: number): void {
    this.path.moveTo(x + radius, y);
    this.path.arc(x, y, radius, 0, 2 * Math.PI);
  }
  closePath(): void {
    this.path.closePath();
  }
}

export class CanvasPen implements IPen<CanvasOutline> {
  constructor(
    private readonly _context: CanvasRenderingContext2D,
    private readonly _family: string
  ) {
    _context.textBaseline = 'middle';
    _context.textAlign = 'left';
    _context.lineJoin = 'round';
  }

  outline(): CanvasOutline {
    return new CanvasOutline();
  }

  fill({ path }: CanvasOutline, fill: IFill): void {
    this._inked(fill);
    this._context.fill(path);
  }

  stroke({ path }: CanvasOutline, stroke: IStroke): void {
    this._lined(stroke);
    this._context.stroke(path);
  }

  lines(points: readonly number[], stroke: IStroke): void {
    const context = this._context;
    this._lined(stroke);
    // One by one: a single path of thousands is slower where the canvas is software.
    for (let n = 0; n < points.length; n += 4) {
      context.beginPath();
      context.moveTo(points[n], points[n + 1]);
      context.lineTo(points[n + 2], points[n + 3]);
      context.stroke();
    }
  }

  box(
    x: number,
    y: number,
    width: number,
    height: number,
    radius: number,
    fill: IFill | null,
    stroke: IStroke | null
  ): void {
    const context = this._context;
    context.beginPath();
    context.roundRect(x, y, width, height, radius);
    if (fill !== null) {
      this._inked(fill);
      context.fill();
    }
    if (stroke !== null) {
      this._lined(stroke);
      context.stroke();
    }
  }

  bars(points: readonly number[], height: number, fill: IFill): void {
    this._inked(fill);
    for (let n = 0; n < points.length; n += 3) {
      this._context.fillRect(
        points[n],
        points[n + 1] - height / 2,
        points[n + 2],
        height
      );
    }
  }

  text(text: string, x: number, y: number, look: IText): void {
    const context = this._context;
    context.font = this._font(look.size, look.bold);
    context.globalAlpha = look.alpha ?? 1;
    if (look.halo !== undefined) {
      context.setLineDash([]);
      context.lineWidth = 3;
      context.strokeStyle = look.halo;
      context.strokeText(text, x, y);
    }
    context.fillStyle = look.colour;
    context.fillText(text, x, y);
  }

  widthOf(text: string, size: number, bold = false): number {
    return measured(this._context, this._font(size, bold), text);
  }

  private _font(size: number, bold = false): string {
    return `${bold ? '600 ' : ''}${size}px ${this._family}`;
  }

  private _inked({ colour, alpha = 1 }: IFill): void {
    this._context.globalAlpha = alpha;
    this._context.fillStyle = colour;
  }

  private _lined({ colour, width, alpha = 1, dash = [] }: IStroke): void {
    this._context.globalAlpha = alpha;
    this._context.strokeStyle = colour;
    this._context.lineWidth = width;
    this._context.setLineDash(dash as number[]);
  }
}

const widths = new Map<string, Map<string, number>>();

/** Text is measured once per font. */
function measured(
  context: CanvasRenderingContext2D,
  font: string,
  text: string
): number {
  let known = widths.get(font);
  if (known === undefined) {
    known = new Map();
    widths.set(font, known);
  }
  let width = known.get(text);
  if (width === undefined) {
    context.font = font;
    width = context.measureText(text).width;
    known.set(text, width);
  }
  return width;
}
