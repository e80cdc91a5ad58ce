/**
 * One frame of the map on a 2D canvas. Draws what the scene says where the view says;
 * keeps nothing between frames. Names are in `names.ts`.
 */
import { type IView, sizeAt, worldOf } from './lens';
import type { EdgeKind } from './model';
import { drawNames } from './names';
import { colourOf, EDGE_LOOKS, type IPalette } from './palette';
import type { IBox, Scene } from './scene';
import { SHAPES, trace } from './shapes';

/** What is not lit stays as a trace of the whole. */
const FADED = 0.12;
const ARROWS_FROM = 0.75;
/** From this size on a rim sets neighbours apart; below nobody sees it. */
const OUTLINED_FROM = 0.8;
/** Edges up to which all are drawn at full strength. */
const MANY = 500;

export function drawScene(
  context: CanvasRenderingContext2D,
  scene: Scene,
  view: IView,
  palette: IPalette
): void {
  const { width, height } = view;
  context.clearRect(0, 0, width, height);
  const world = worldOf(view);
  drawEdges(context, scene, view, world, palette);
  drawNodes(context, scene, view, world, palette);
  drawNames(context, scene, view, palette);
  if (scene.selected >= 0 && scene.has(scene.selected)) {
    drawRing(context, scene, view, scene.selected, palette.focus, 2.5);
  }
}

/** A ring around a node, with a gap so that it is seen on any colour. */
export function drawRing(
  context: CanvasRenderingContext2D,
  scene: Scene,
  view: IView,
  index: number,
  colour: string,
  width: number
): void {
  const x = scene.xy[2 * index] * view.k + view.x;
  const y = scene.xy[2 * index + 1] * view.k + view.y;
  context.beginPath();
  context.arc(x, y, scene.radii[index] * sizeAt(view.k) + 4, 0, 2 * Math.PI);
  context.globalAlpha = 1;
  context.setLineDash([]);
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
}

/** How much an edge is seen: of the selected node, among lit ones, else in the distance. */
type Light = 'strong' | 'plain' | 'faded';

function lightOf(scene: Scene, source: number, target: number): Light {
  if (source === scene.selected || target === scene.selected) {
    return 'strong';
  }
  if (scene.lit === null) {
    return 'plain';
  }
  return scene.lit.has(source) && scene.lit.has(target) ? 'plain' : 'faded';
}

const ALPHA: Readonly<Record<Light, number>> = {
  strong: 1,
  plain: 0.5,
  faded: 0.07
};

interface IBatch {
  readonly kind: EdgeKind;
  readonly colour: string;
  readonly light: Light;
  /** x0, y0, x1, y1 of each line, one after the other. */
  readonly lines: number[];
  readonly arrows: Path2D;
}

/** Edges of one look, gathered without making a key of text for each of them. */
class Batches {
  readonly all: IBatch[] = [];

  of(kind: EdgeKind, light: Light, colour: string): IBatch {
    let lights = this._found.get(kind);
    if (lights === undefined) {
      lights = { faded: new Map(), plain: new Map(), strong: new Map() };
      this._found.set(kind, lights);
    }
    let batch = lights[light].get(colour);
    if (batch === undefined) {
      batch = { kind, colour, light, lines: [], arrows: new Path2D() };
      lights[light].set(colour, batch);
      this.all.push(batch);
    }
    return batch;
  }

  private readonly _found = new Map<
    EdgeKind,
    Record<Light, Map<string, IBatch>>
  >();
}

function drawEdges(
  context: CanvasRenderingContext2D,
  scene: Scene,
  view: IView,
  world: IBox,
  palette: IPalette
): void {
  const batches = new Batches();
  const { xy } = scene;
  const scale = sizeAt(view.k);
  for (const { source, target, kind } of scene.model.edges) {
    if (!scene.has(source) || !scene.has(target)) {
      continue;
    }
    const x0 = xy[2 * source];
    const y0 = xy[2 * source + 1];
    const x1 = xy[2 * target];
    const y1 = xy[2 * target + 1];
    if (
      Math.max(x0, x1) < world.x0 ||
      Math.min(x0, x1) > world.x1 ||
      Math.max(y0, y1) < world.y0 ||
      Math.min(y0, y1) > world.y1
    ) {
      continue;
    }
    const light = lightOf(scene, source, target);
    const colour = edgeColour(scene, source, target, kind, light, palette);
    const batch = batches.of(kind, light, colour);
    const a = x0 * view.k + view.x;
    const b = y0 * view.k + view.y;
    const c = x1 * view.k + view.x;
    const d = y1 * view.k + view.y;
    batch.lines.push(a, b, c, d);
    if (
      light !== 'faded' &&
      EDGE_LOOKS[kind].arrow &&
      (view.k > ARROWS_FROM || light === 'strong')
    ) {
      arrow(batch.arrows, a, b, c, d, scene.radii[target] * scale + 2);
    }
  }
  // The more lines, the less each of them is seen.
  const thin = Math.min(1, Math.sqrt(MANY / (1 + scene.model.edges.length)));
  for (const light of ['faded', 'plain', 'strong'] as const) {
    for (const batch of batches.all) {
      if (batch.light === light) {
        strokeBatch(context, batch, thin);
      }
    }
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** Lines of ideas take the colour of their idea, so that clusters hold together. */
function edgeColour(
  { model }: Scene,
  source: number,
  target: number,
  kind: EdgeKind,
  light: Light,
  palette: IPalette
): string {
  const { family } = EDGE_LOOKS[kind];
  if (light === 'faded') {
    return palette.edges.use;
  }
  return family === 'idea' || family === 'path'
    ? (model.nodes[source].colour ??
        model.nodes[target].colour ??
        palette.edges[family])
    : palette.edges[family];
}

function strokeBatch(
  context: CanvasRenderingContext2D,
  { kind, colour, light, lines, arrows }: IBatch,
  thin: number
): void {
  const look = EDGE_LOOKS[kind];
  const faded = light === 'faded';
  context.globalAlpha =
    look.family === 'structure' && light === 'plain'
      ? 0.9
      : ALPHA[light] * (light === 'plain' ? thin : 1);
  context.strokeStyle = colour;
  // Up to one pixel a line is a hairline, which costs a fraction of a wider one.
  context.lineWidth =
    light === 'strong' ? look.width * 1.5 : Math.min(1, look.width);
  context.setLineDash(faded ? [] : [...look.dash]);
  // One by one: a single path of thousands is slower where the canvas is software.
  for (let n = 0; n < lines.length; n += 4) {
    context.beginPath();
    context.moveTo(lines[n], lines[n + 1]);
    context.lineTo(lines[n + 2], lines[n + 3]);
    context.stroke();
  }
  context.fillStyle = colour;
  context.fill(arrows);
}

/** A small head that touches the outline of the target, `gap` before its centre. */
function arrow(
  path: Path2D,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  gap: number
): void {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (length < gap + 10) {
    return;
  }
  const [dx, dy] = [(x1 - x0) / length, (y1 - y0) / length];
  const [x, y] = [x1 - dx * gap, y1 - dy * gap];
  path.moveTo(x, y);
  path.lineTo(x - dx * 7 + dy * 3, y - dy * 7 - dx * 3);
  path.lineTo(x - dx * 7 - dy * 3, y - dy * 7 + dx * 3);
  path.closePath();
}

function drawNodes(
  context: CanvasRenderingContext2D,
  scene: Scene,
  view: IView,
  world: IBox,
  palette: IPalette
): void {
  const scale = sizeAt(view.k);
  // Same look, same path: the canvas is asked a few times a frame, not once a node.
  const fills = new Map<string, Path2D>();
  const hollows = new Map<string, Path2D>();
  const faded = new Map<string, Path2D>();
  for (const node of scene.model.nodes) {
    const { index } = node;
    const x = scene.xy[2 * index];
    const y = scene.xy[2 * index + 1];
    if (
      !scene.has(index) ||
      x < world.x0 ||
      x > world.x1 ||
      y < world.y0 ||
      y > world.y1
    ) {
      continue;
    }
    const kind = !scene.isLit(index) ? faded : node.hollow ? hollows : fills;
    const colour = colourOf(node, palette);
    let path = kind.get(colour);
    if (path === undefined) {
      path = new Path2D();
      kind.set(colour, path);
    }
    trace(
      path,
      SHAPES[node.type],
      x * view.k + view.x,
      y * view.k + view.y,
      scene.radii[index] * scale
    );
  }
  context.globalAlpha = FADED;
  for (const [colour, path] of faded) {
    context.fillStyle = colour;
    context.fill(path);
  }
  context.globalAlpha = 1;
  context.lineWidth = 1.5;
  context.strokeStyle = palette.background;
  for (const [colour, path] of fills) {
    context.fillStyle = colour;
    if (scale > OUTLINED_FROM) {
      context.stroke(path);
    }
    context.fill(path);
  }
  for (const [colour, path] of hollows) {
    context.fillStyle = palette.background;
    context.fill(path);
    context.strokeStyle = colour;
    context.setLineDash([]);
    context.lineWidth = 1.8;
    context.stroke(path);
  }
}
