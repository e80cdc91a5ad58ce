/** The map as SVG text: the same strokes as on the canvas, written down. */
import type { IFill, IOutline, IPen, IStroke, IText } from './pen';

const number = (n: number): string => String(Math.round(n * 100) / 100);

function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

class SvgOutline implements IOutline {
  d = '';
  moveTo(x: number, y: number): void {
    this.d += `M${number(x)} ${number(y)}`;
  }
  lineTo(x: number, y: number): void {
    this.d += `L${number(x)} ${number(y)}`;
  }
  circle(x: number, y: number, radius: number): void {
    const r = number(radius);
    this.moveTo(x + radius, y);
    this.d += `A${r} ${r} 0 1 1 ${number(x - radius)} ${number(y)}`;
    this.d += `A${r} ${r} 0 1 1 ${number(x + radius)} ${number(y)}Z`;
  }
  closePath(): void {
    this.d += 'Z';
  }
}

export class SvgPen implements IPen<SvgOutline> {
  constructor(
    private readonly _family: string,
    /** Text is measured where fonts are: on a canvas. */
    readonly widthOf: IPen['widthOf']
  ) {}

  outline(): SvgOutline {
    return new SvgOutline();
  }

  fill({ d }: SvgOutline, fill: IFill): void {
    if (d !== '') {
      this._put(`<path d="${d}" ${inked(fill)}/>`);
    }
  }

  stroke({ d }: SvgOutline, stroke: IStroke): void {
    if (d !== '') {
      this._put(`<path d="${d}" fill="none" ${lined(stroke)}/>`);
    }
  }

  lines(points: readonly number[], stroke: IStroke): void {
    const outline = this.outline();
    for (let n = 0; n < points.length; n += 4) {
      outline.moveTo(points[n], points[n + 1]);
      outline.lineTo(points[n + 2], points[n + 3]);
    }
    this.stroke(outline, stroke);
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
    this._put(
      `<rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" rx="${number(radius)}" ` +
        `${fill === null ? 'fill="none"' : inked(fill)}${stroke === null ? '' : ` ${lined(stroke)}`}/>`
    );
  }

  bars(points: readonly number[], height: number, fill: IFill): void {
    const outline = this.outline();
    for (let n = 0; n < points.length; n += 3) {
      const [x, y, width] = points.slice(n, n + 3);
      outline.d += `M${number(x)} ${number(y - height / 2)}h${number(width)}v${number(height)}h${number(-width)}Z`;
    }
    this.fill(outline, fill);
  }

  text(text: string, x: number, y: number, look: IText): void {
    const halo =
      look.halo === undefined
        ? ''
        : ` paint-order="stroke" stroke="${escaped(look.halo)}" stroke-width="3"`;
    this._put(
      `<text x="${number(x)}" y="${number(y)}" font-size="${number(look.size)}"${look.bold === true ? ' font-weight="600"' : ''} ` +
        `${inked(look)}${halo}>${escaped(text)}</text>`
    );
  }

  /** The whole file. `title` is what screen readers and tooltips say. */
  file(
    width: number,
    height: number,
    title: string,
    background: string
  ): string {
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${number(width)}" height="${number(height)}" viewBox="0 0 ${number(width)} ${number(height)}" ` +
      `font-family="${escaped(this._family)}" dominant-baseline="central" stroke-linejoin="round" role="img">\n` +
      `<title>${escaped(title)}</title>\n` +
      `<rect width="100%" height="100%" fill="${escaped(background)}"/>\n` +
      `${this._parts.join('\n')}\n</svg>\n`
    );
  }

  private _put(part: string): void {
    this._parts.push(part);
  }

  private readonly _parts: string[] = [];
}

function inked({ colour, alpha = 1 }: IFill): string {
  return `fill="${escaped(colour)}"${alpha === 1 ? '' : ` fill-opacity="${number(alpha)}"`}`;
}

function lined({ colour, width, alpha = 1, dash = [] }: IStroke): string {
  return (
    `stroke="${escaped(colour)}" stroke-width="${number(width)}"` +
    (alpha === 1 ? '' : ` stroke-opacity="${number(alpha)}"`) +
    (dash.length === 0 ? '' : ` stroke-dasharray="${dash.join(' ')}"`)
  );
}
