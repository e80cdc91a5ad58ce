/** The lines of the map, many of one look at once; at rest quiet, around a choice loud. */
import { type IView, sizeAt } from './lens';
import type { IBox } from '../layout/sizes';
import type { EdgeKind } from '../model/model';
import { EDGE_LOOKS, type IPalette } from './palette';
import type { IOutline, IPen } from './pen';
import type { Scene } from './scene';

const ARROWS_FROM = 0.75;
/** Edges up to which all are drawn at full strength. */
const MANY = 260;

/** How much an edge is seen: of what is chosen, among lit ones, at rest, in the distance. */
type Light = 'strong' | 'lit' | 'rest' | 'faded';

const ALPHA: Readonly<Record<Light, number>> = {
  strong: 1,
  lit: 0.6,
  rest: 0.34,
  faded: 0.05
};

export function lightOf(scene: Scene, edge: number): Light {
  const { source, target } = scene.model.edges[edge];
  if (scene.path !== null) {
    return scene.path.edges.includes(edge) ? 'strong' : 'faded';
  }
  if (source === scene.selected || target === scene.selected) {
    return 'strong';
  }
  if (scene.lit === null) {
    return 'rest';
  }
  return scene.lit.has(source) && scene.lit.has(target) ? 'lit' : 'faded';
}

interface IBatch {
  readonly kind: EdgeKind;
  readonly colour: string;
  readonly light: Light;
  readonly lines: number[];
  readonly arrows: IOutline;
}

/** Edges of one look, gathered without making a key of text for each of them. */
class Batches {
  readonly all: IBatch[] = [];

  constructor(private readonly _pen: IPen) {}

  of(kind: EdgeKind, light: Light, colour: string): IBatch {
    let lights = this._found.get(kind);
    if (lights === undefined) {
      lights = {
        faded: new Map(),
        rest: new Map(),
        lit: new Map(),
        strong: new Map()
      };
      this._found.set(kind, lights);
    }
    let batch = lights[light].get(colour);
    if (batch === undefined) {
      const arrows = this._pen.outline();
      batch = { kind, colour, light, lines: [], arrows };
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

export function drawEdges(
  pen: IPen,
  scene: Scene,
  view: IView,
  world: IBox,
  palette: IPalette
): void {
  const batches = new Batches(pen);
  const { edges } = scene.model;
  for (let edge = 0; edge < edges.length; edge++) {
    // A way is drawn whole, also where it goes from a sheet to what is on it.
    const drawn = scene.hasLine(edge) || scene.path?.edges.includes(edge);
    if (drawn === true && inWorld(scene, edge, world)) {
      const light = lightOf(scene, edge);
      const { kind } = edges[edge];
      const colour = edgeColour(scene, edge, light, palette);
      addLine(batches.of(kind, light, colour), scene, view, edge);
    }
  }
  // The more lines and the farther away, the less each of them is seen.
  const thin =
    Math.min(1, Math.sqrt(MANY / (1 + edges.length))) *
    Math.max(0.4, Math.min(1, view.k / 0.6));
  for (const light of ['faded', 'rest', 'lit', 'strong'] as const) {
    for (const batch of batches.all) {
      if (batch.light === light) {
        strokeBatch(pen, batch, light === 'rest' ? thin : 1);
      }
    }
  }
}

/** These edges alone and loud: what the pointer or a list tells about. */
export function drawReasons(
  pen: IPen,
  scene: Scene,
  view: IView,
  edges: readonly number[],
  palette: IPalette
): void {
  const batches = new Batches(pen);
  for (const edge of edges) {
    const { kind } = scene.model.edges[edge];
    const colour = edgeColour(scene, edge, 'strong', palette);
    addLine(batches.of(kind, 'strong', colour), scene, view, edge);
  }
  batches.all.forEach(batch => strokeBatch(pen, batch, 1));
}

function inWorld({ model, xy }: Scene, edge: number, world: IBox): boolean {
  const { source, target } = model.edges[edge];
  const [x0, y0] = [xy[2 * source], xy[2 * source + 1]];
  const [x1, y1] = [xy[2 * target], xy[2 * target + 1]];
  return (
    Math.max(x0, x1) >= world.x0 &&
    Math.min(x0, x1) <= world.x1 &&
    Math.max(y0, y1) >= world.y0 &&
    Math.min(y0, y1) <= world.y1
  );
}

function addLine(
  { kind, light, lines, arrows }: IBatch,
  { model, xy, radii }: Scene,
  view: IView,
  edge: number
): void {
  const { source, target } = model.edges[edge];
  const a = xy[2 * source] * view.k + view.x;
  const b = xy[2 * source + 1] * view.k + view.y;
  const c = xy[2 * target] * view.k + view.x;
  const d = xy[2 * target + 1] * view.k + view.y;
  lines.push(a, b, c, d);
  if (
    light !== 'faded' &&
    EDGE_LOOKS[kind].arrow &&
    (view.k > ARROWS_FROM || light === 'strong')
  ) {
    arrow(arrows, a, b, c, d, radii[target] * sizeAt(view.k) + 2);
  }
}

/** Lines of ideas take the colour of their idea, so that clusters hold together. */
function edgeColour(
  { model }: Scene,
  edge: number,
  light: Light,
  palette: IPalette
): string {
  const { source, target, kind } = model.edges[edge];
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
  pen: IPen,
  { kind, colour, light, lines, arrows }: IBatch,
  thin: number
): void {
  const look = EDGE_LOOKS[kind];
  const alpha = ALPHA[light] * thin;
  pen.lines(lines, {
    colour,
    alpha,
    // Up to one pixel a line is a hairline, which costs a fraction of a wider one.
    width: light === 'strong' ? look.width * 1.5 : Math.min(1, look.width),
    dash: light === 'faded' ? [] : look.dash
  });
  pen.fill(arrows, { colour, alpha });
}

/** A small head that touches the outline of the target, `gap` before its centre. */
function arrow(
  path: IOutline,
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
