/**
 * The names on the map: regions and files first, then what is important, each only where
 * no other name stands. Nearer shows more; a line of code too small to read is a bar.
 */
import {
  mapName,
  nameWidth,
  PAD,
  ROW,
  shortName,
  TITLE
} from '../layout/sizes';
import { nameClouds } from './clouds';
import { type IView, sizeAt } from './lens';
import type { IPalette } from './palette';
import type { IPen } from './pen';
import type { Scene } from './scene';
import { type ISpot, Taken } from './taken';

const SIZE = 11;
/** Pixels of the map for each name: more would be a wall of text. */
const ROOM = 1500;
/** From here on the lines of a file are read, not overlooked. */
const LINES_FROM = 0.8;
/** Below only regions are named: a name would be larger than its file. */
const FILES_FROM = 0.24;
/** Narrower, no part of a name helps. */
const NARROWEST = 22;

/** Everything about one frame that naming needs. */
interface INaming {
  readonly pen: IPen;
  readonly scene: Scene;
  readonly view: IView;
  readonly palette: IPalette;
  readonly taken: Taken;
  /** Where files are: other names keep off them. */
  readonly sheets: Taken;
  /** Letters of code and notes. */
  readonly size: number;
}

export function drawNames(
  pen: IPen,
  scene: Scene,
  view: IView,
  palette: IPalette
): void {
  const size = Math.max(10, Math.min(14, SIZE * view.k));
  const naming = {
    pen,
    scene,
    view,
    palette,
    taken: new Taken(),
    sheets: sheetsOf(scene, view),
    size
  };
  nameRegions(naming);
  nameClouds(pen, scene, view, palette, naming.taken);
  keepClear(naming);
  const { selected } = scene;
  if (selected >= 0 && scene.has(selected)) {
    nameLoose(naming, selected, scene.model.nodes[selected].label);
  }
  let left = Math.ceil((view.width * view.height) / ROOM);
  const bars: number[] = [];
  for (const index of scene.naming) {
    if (
      index === selected ||
      !scene.has(index) ||
      !inSight(scene, view, index)
    ) {
      continue;
    }
    const node = scene.model.nodes[index];
    const lit = scene.isLit(index);
    const inside = node.parent >= 0 || node.type === 'external';
    const inBox = inside && !scene.free;
    const name = shortName(
      scene.free ? node.label : mapName(scene.model, node)
    );
    let named = false;
    if (lit && left > 0) {
      named =
        node.type === 'file' && !scene.free
          ? nameFile(naming, index, name)
          : inBox && view.k >= LINES_FROM
            ? nameLine(naming, index, name)
            : (!inside || scene.lit !== null || view.k >= LINES_FROM) &&
              nameLoose(naming, index, name);
    }
    if (named) {
      left--;
    } else if (inBox && ROW * view.k > 4) {
      const x = scene.xy[2 * index] * view.k + view.x + 8 * view.k;
      const y = scene.xy[2 * index + 1] * view.k + view.y;
      const width = nameWidth(name) * view.k * 0.85;
      if (lit) {
        bars.push(x, y, width);
      }
    }
  }
  pen.bars(bars, Math.max(1, Math.min(3, 3 * view.k)), {
    colour: palette.quiet,
    alpha: 0.3
  });
}

/** A region's title stays in sight while its region is. */
function nameRegions({ pen, scene, view, palette, taken }: INaming): void {
  const size = Math.max(11, Math.min(15, 15 * view.k));
  const strip = (TITLE + PAD.region) * view.k;
  for (const { region, x0, y0, x1, y1 } of scene.regions) {
    const left = Math.max(x0 * view.k + view.x, 0) + Math.min(10, 14 * view.k);
    const right = Math.min(x1 * view.k + view.x, view.width);
    const top = Math.max(y0 * view.k + view.y, 0);
    const bottom = Math.min(y1 * view.k + view.y, view.height);
    const y =
      top +
      Math.max(y0 * view.k + view.y > 0 ? 3 : 11, Math.min(20, 0.42 * strip));
    const dotted = right - left > 90;
    const start = dotted ? 14 : 0;
    const room = right - left - start - 2;
    const text = fitted(pen, region.title, room, size, true);
    if (text === '' || y + size / 2 > bottom) {
      continue;
    }
    const width = pen.widthOf(text, size, true);
    taken.add({ x: left - 4, y, width: width + start + 6, height: size + 4 });
    if (dotted) {
      const dot = pen.outline();
      dot.circle(left + 4, y, 4.5);
      pen.fill(dot, { colour: region.colour ?? palette.quiet });
    }
    pen.text(text, left + start, y, {
      size,
      bold: true,
      colour: palette.text,
      halo: palette.background
    });
  }
}

/** Names do not lie on large nodes that stand out. */
function keepClear({ scene, view, taken }: INaming): void {
  const scale = sizeAt(view.k);
  for (const { index, parent } of scene.model.nodes) {
    const radius = scene.radii[index] * scale;
    if (
      radius > 4 &&
      parent < 0 &&
      scene.has(index) &&
      scene.isLit(index) &&
      inSight(scene, view, index)
    ) {
      const x = scene.xy[2 * index] * view.k + view.x;
      const y = scene.xy[2 * index + 1] * view.k + view.y;
      // Its middle only: a name may touch the rim.
      taken.add({ x: x - radius / 2, y, width: radius, height: radius });
    }
  }
}

/** On its sheet, cut to the sheet's width. */
function nameFile(naming: INaming, index: number, name: string): boolean {
  const { pen, scene, view, palette, taken } = naming;
  const box = scene.boxes[index];
  if (box === null || view.k < FILES_FROM || (box.y1 - box.y0) * view.k < 11) {
    return false;
  }
  const size = Math.max(10, Math.min(14, 12 * view.k));
  const x =
    scene.xy[2 * index] * view.k +
    view.x +
    scene.radii[index] * sizeAt(view.k) +
    3;
  const y = Math.max(
    scene.xy[2 * index + 1] * view.k + view.y,
    box.y0 * view.k + view.y + 7
  );
  const room = box.x1 * view.k + view.x - x - 2;
  const text = fitted(pen, name, room, size, true);
  const spot = { x, y, width: pen.widthOf(text, size, true), height: size };
  if (text === '' || !taken.isFree(spot)) {
    return false;
  }
  taken.add(spot);
  pen.text(text, x, y, {
    size,
    bold: true,
    colour: palette.text,
    halo: palette.background
  });
  return true;
}

/** A line of code, at its place in the box. */
function nameLine(naming: INaming, index: number, name: string): boolean {
  const { pen, scene, view, palette, taken, size } = naming;
  const x =
    scene.xy[2 * index] * view.k +
    view.x +
    scene.radii[index] * sizeAt(view.k) +
    4;
  const y = scene.xy[2 * index + 1] * view.k + view.y;
  const bold = scene.model.nodes[index].type === 'class';
  const room = nameWidth(name) * 1.15 * view.k + 8;
  const text = fitted(pen, name, room, size, bold);
  const spot = { x, y, width: pen.widthOf(text, size, bold), height: size };
  if (text === '' || !taken.isFree(spot)) {
    return false;
  }
  taken.add(spot);
  pen.text(text, x, y, {
    size,
    bold,
    colour: palette.text,
    halo: palette.background
  });
  return true;
}

/** Right, left, below or above the node: the first place without a name. */
function nameLoose(naming: INaming, index: number, name: string): boolean {
  const { pen, scene, view, palette, taken, sheets } = naming;
  const size = naming.size;
  const width = pen.widthOf(name, size);
  const x = scene.xy[2 * index] * view.k + view.x;
  const y = scene.xy[2 * index + 1] * view.k + view.y;
  const gap = scene.radii[index] * sizeAt(view.k) + 4;
  const height = size + 2;
  const spots: ISpot[] = [
    { x: x + gap, y, width, height },
    { x: x - gap - width, y, width, height },
    { x: x - width / 2, y: y + gap + height / 2 - 1, width, height },
    { x: x - width / 2, y: y - gap - height / 2 + 1, width, height }
  ];
  // At rest a name stays in its region, so that regions stay apart.
  const home = scene.lit === null ? scene.regionOf(index) : null;
  const from = Math.max(2, home === null ? 2 : home.x0 * view.k + view.x - 2);
  const to = Math.min(
    view.width - 2,
    home === null ? Infinity : home.x1 * view.k + view.x + 4
  );
  const spot =
    spots.find(
      at =>
        at.x >= from &&
        at.x + width <= to &&
        taken.isFree(at) &&
        (home === null || sheets.isFree(at))
    ) ?? (index === scene.selected ? spots[0] : undefined);
  if (spot === undefined) {
    return false;
  }
  taken.add(spot);
  pen.text(name, spot.x, spot.y, {
    size,
    colour: palette.text,
    halo: palette.background
  });
  return true;
}

function sheetsOf({ model, boxes }: Scene, { x, y, k }: IView): Taken {
  const sheets = new Taken();
  for (const { index, type } of model.nodes) {
    const box = type === 'file' ? boxes[index] : null;
    if (box !== null) {
      sheets.add({
        x: box.x0 * k + x,
        y: ((box.y0 + box.y1) / 2) * k + y,
        width: (box.x1 - box.x0) * k,
        height: (box.y1 - box.y0) * k
      });
    }
  }
  return sheets;
}

function inSight(
  { xy }: Scene,
  { x, y, k, width, height }: IView,
  index: number
): boolean {
  const [px, py] = [xy[2 * index] * k + x, xy[2 * index + 1] * k + y];
  return px > -20 && py > -10 && px < width + 20 && py < height + 10;
}

/** The text, or its beginning, in that room; empty where too little would be left. */
function fitted(
  pen: IPen,
  text: string,
  room: number,
  size: number,
  bold: boolean
): string {
  const width = pen.widthOf(text, size, bold);
  if (width <= room) {
    return text;
  }
  const letters = Math.floor((text.length * (room - 8)) / width);
  return room < NARROWEST || letters < 3
    ? ''
    : `${text.slice(0, letters).trimEnd()}…`;
}
