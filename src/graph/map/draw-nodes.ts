/** Regions, the boxes of files and classes, and the signs of the nodes. */
import { type IBox, meet } from '../layout/sizes';
import { type IView, sizeAt } from './lens';
import { colourOf, type IPalette } from './palette';
import type { IOutline, IPen } from './pen';
import type { IGraphNode } from '../model/model';
import type { Scene } from './scene';
import { SHAPES, trace } from './shapes';

/** What is not lit stays as a trace of the whole. */
const FADED = 0.16;
/** From this size on a rim sets neighbours apart; below nobody sees it. */
const OUTLINED_FROM = 0.8;

export function drawRegions(
  pen: IPen,
  scene: Scene,
  view: IView,
  palette: IPalette
): void {
  for (const { region, x0, y0, x1, y1 } of scene.regions) {
    const colour = region.colour ?? palette.quiet;
    const named = region.colour !== null;
    pen.box(
      x0 * view.k + view.x,
      y0 * view.k + view.y,
      (x1 - x0) * view.k,
      (y1 - y0) * view.k,
      26 * Math.min(1, view.k),
      { colour, alpha: named ? 0.09 : 0.05 },
      { colour, width: 1, alpha: named ? 0.45 : 0.25 }
    );
  }
}

/** A file is a sheet with what it holds on it, a class a sheet on the sheet. */
export function drawBoxes(
  pen: IPen,
  scene: Scene,
  view: IView,
  world: IBox,
  palette: IPalette
): void {
  const { boxes, model } = scene;
  for (const type of ['file', 'class'] as const) {
    for (const { index } of model.nodes) {
      const box = model.nodes[index].type === type ? boxes[index] : null;
      if (box === null || box === undefined || !meet(box, world)) {
        continue;
      }
      const chosen = index === scene.selected;
      const quiet = !chosen && !scene.isLit(index) ? 0.45 : 1;
      pen.box(
        box.x0 * view.k + view.x,
        box.y0 * view.k + view.y,
        (box.x1 - box.x0) * view.k,
        (box.y1 - box.y0) * view.k,
        (type === 'file' ? 7 : 5) * Math.min(1, view.k),
        type === 'file'
          ? { colour: palette.background, alpha: 0.92 }
          : { colour: palette.text, alpha: 0.05 * quiet },
        chosen
          ? { colour: palette.focus, width: 1.5 }
          : type === 'file'
            ? { colour: palette.quiet, width: 1, alpha: 0.55 * quiet }
            : null
      );
    }
  }
}

export function drawNodes(
  pen: IPen,
  scene: Scene,
  view: IView,
  world: IBox,
  palette: IPalette
): void {
  const scale = sizeAt(view.k);
  // Same look, same path: the pen is asked a few times a frame, not once a node.
  const fills = new Map<string, IOutline>();
  const hollows = new Map<string, IOutline>();
  const faded = new Map<string, IOutline>();
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
    const [colour, hollow] = lookOf(scene, node, palette);
    const kind = !scene.isLit(index) ? faded : hollow ? hollows : fills;
    let outline = kind.get(colour);
    if (outline === undefined) {
      outline = pen.outline();
      kind.set(colour, outline);
    }
    trace(
      outline,
      SHAPES[node.type],
      x * view.k + view.x,
      y * view.k + view.y,
      scene.radii[index] * scale
    );
  }
  for (const [colour, outline] of faded) {
    pen.fill(outline, { colour, alpha: FADED });
  }
  for (const [colour, outline] of fills) {
    if (scale > OUTLINED_FROM) {
      pen.stroke(outline, { colour: palette.background, width: 1.5 });
    }
    pen.fill(outline, { colour });
  }
  for (const [colour, outline] of hollows) {
    pen.fill(outline, { colour: palette.background });
    pen.stroke(outline, { colour, width: 1.8 });
  }
}

/** Colour, and whether only its rim is drawn: planned, or not seen yet. */
function lookOf(
  { mastery }: Scene,
  node: IGraphNode,
  palette: IPalette
): readonly [string, boolean] {
  if (mastery === null) {
    return [colourOf(node, palette), node.hollow];
  }
  if (node.type !== 'concept') {
    return [palette.edges.structure, node.hollow];
  }
  const state = mastery.get(node.id) ?? 'unseen';
  return [palette.mastery[state], state === 'unseen'];
}
