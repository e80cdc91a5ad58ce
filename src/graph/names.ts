/**
 * The names beside the nodes: the most important first, each only where no other name
 * stands. Measures text once per label and font; draws nothing else.
 */
import { type IView, sizeAt } from './lens';
import type { IPalette } from './palette';
import type { Scene } from './scene';

const SIZE = 11;
const HEIGHT = 14;
/** Longer names are cut, except the selected one. */
const LONGEST = 26;
/** Pixels of the canvas for each name: more would be a wall of text. */
const ROOM = 2600;
/** Away from the whole map small things stay unnamed. */
const CODE_NAMES_FROM = 0.62;

interface IRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

let measuredFont = '';
const widths = new Map<string, number>();

function widthOf(
  context: CanvasRenderingContext2D,
  font: string,
  text: string
): number {
  if (font !== measuredFont) {
    widths.clear();
    measuredFont = font;
  }
  let width = widths.get(text);
  if (width === undefined) {
    width = context.measureText(text).width;
    widths.set(text, width);
  }
  return width;
}

export function shortName(label: string): string {
  return label.length <= LONGEST
    ? label
    : `${label.slice(0, LONGEST - 1).trimEnd()}…`;
}

export function drawNames(
  context: CanvasRenderingContext2D,
  scene: Scene,
  view: IView,
  palette: IPalette
): void {
  const font = `${SIZE}px ${palette.font}`;
  context.font = font;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.globalAlpha = 1;
  const grid = new Grid();
  keepClear(scene, view, grid);
  let left = Math.ceil((view.width * view.height) / ROOM);
  const put = (index: number, text: string): void => {
    const spot = free(scene, view, grid, index, widthOf(context, font, text));
    if (spot !== null) {
      left--;
      grid.add(spot);
      context.strokeStyle = palette.background;
      context.strokeText(text, spot.x, spot.y);
      context.fillStyle = palette.text;
      context.fillText(text, spot.x, spot.y);
    }
  };
  if (scene.selected >= 0 && scene.has(scene.selected)) {
    put(scene.selected, scene.model.nodes[scene.selected].label);
  }
  for (const index of scene.naming) {
    if (left <= 0) {
      return;
    }
    const { type, label } = scene.model.nodes[index];
    const small = type === 'function' || type === 'external' || type === 'viz';
    if (
      index === scene.selected ||
      !scene.has(index) ||
      !scene.isLit(index) ||
      (small && scene.lit === null && view.k < CODE_NAMES_FROM)
    ) {
      continue;
    }
    put(index, shortName(label));
  }
}

/** Names do not lie on large nodes that stand out. */
function keepClear(scene: Scene, view: IView, grid: Grid): void {
  const scale = sizeAt(view.k);
  for (const { index } of scene.model.nodes) {
    const radius = scene.radii[index] * scale;
    const x = scene.xy[2 * index] * view.k + view.x;
    const y = scene.xy[2 * index + 1] * view.k + view.y;
    if (
      radius > 4 &&
      x > 0 &&
      y > 0 &&
      x < view.width &&
      y < view.height &&
      scene.has(index) &&
      scene.isLit(index)
    ) {
      // Its middle only: a name may touch the rim.
      grid.add({ x: x - radius / 2, y, width: radius });
    }
  }
}

/** Right, left, below or above the node: the first place without a name; null: none. */
function free(
  scene: Scene,
  view: IView,
  grid: Grid,
  index: number,
  width: number
): IRect | null {
  const x = scene.xy[2 * index] * view.k + view.x;
  const y = scene.xy[2 * index + 1] * view.k + view.y;
  if (x < -20 || y < -10 || x > view.width + 20 || y > view.height + 10) {
    return null;
  }
  const gap = scene.radii[index] * sizeAt(view.k) + 4;
  const spots = [
    { x: x + gap, y, width },
    { x: x - gap - width, y, width },
    { x: x - width / 2, y: y + gap + HEIGHT / 2 - 1, width },
    { x: x - width / 2, y: y - gap - HEIGHT / 2 + 1, width }
  ];
  const inside = (spot: IRect): boolean =>
    spot.x >= 2 && spot.x + width <= view.width - 2;
  return (
    spots.find(spot => inside(spot) && grid.isFree(spot)) ??
    (index === scene.selected ? spots[0] : null)
  );
}

/** Taken places, in rows of a name's height, so that a look costs little. */
class Grid {
  isFree({ x, y, width }: IRect): boolean {
    const row = Math.floor(y / HEIGHT);
    for (let near = row - 1; near <= row + 1; near++) {
      const taken = this._rows.get(near);
      if (
        taken?.some(
          other =>
            Math.abs(other.y - y) < HEIGHT &&
            x < other.x + other.width + 4 &&
            other.x < x + width + 4
        )
      ) {
        return false;
      }
    }
    return true;
  }

  add(rect: IRect): void {
    const row = Math.floor(rect.y / HEIGHT);
    const taken = this._rows.get(row);
    if (taken === undefined) {
      this._rows.set(row, [rect]);
    } else {
      taken.push(rect);
    }
  }

  private readonly _rows = new Map<number, IRect[]>();
}
