/**
 * One frame of the map. Draws what the scene says where the view says, with any pen;
 * keeps nothing between frames. Regions lie below boxes, boxes below lines, names on top.
 */
import { drawClouds } from './clouds';
import { drawEdges } from './draw-edges';
import { drawBoxes, drawNodes, drawRegions } from './draw-nodes';
import { type IView, worldOf } from './lens';
import { drawMastery, drawPins, drawRing, drawTrail } from './marks';
import { drawNames } from './names';
import type { IPalette } from './palette';
import type { IPen } from './pen';
import type { Scene } from './scene';

export function drawScene(
  pen: IPen,
  scene: Scene,
  view: IView,
  palette: IPalette
): void {
  const world = worldOf(view);
  drawRegions(pen, scene, view, palette);
  drawClouds(pen, scene, view, palette);
  drawBoxes(pen, scene, view, world, palette);
  drawTrail(pen, scene, view, palette);
  drawEdges(pen, scene, view, world, palette);
  drawNodes(pen, scene, view, world, palette);
  drawMastery(pen, scene, view, palette);
  drawPins(pen, scene, view, palette);
  drawNames(pen, scene, view, palette);
  if (scene.selected >= 0 && scene.has(scene.selected)) {
    drawRing(pen, scene, view, scene.selected, palette.focus, 2.5);
  }
}
