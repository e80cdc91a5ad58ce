/** Marks on nodes: the ring of a choice, the trail of visits, the pins, what was understood. */
import { MASTERY_MARKS } from '../../parts/mastery';
import { type IView, sizeAt } from './lens';
import type { IPalette } from './palette';
import type { IPen } from './pen';
import type { Scene } from './scene';

function onScreen(scene: Scene, view: IView, index: number): [number, number] {
  return [
    scene.xy[2 * index] * view.k + view.x,
    scene.xy[2 * index + 1] * view.k + view.y
  ];
}

/** A ring around a node, with a gap so that it is seen on any colour. */
export function drawRing(
  pen: IPen,
  scene: Scene,
  view: IView,
  index: number,
  colour: string,
  width: number
): void {
  const outline = pen.outline();
  const [x, y] = onScreen(scene, view, index);
  outline.circle(x, y, scene.radii[index] * sizeAt(view.k) + 4);
  pen.stroke(outline, { colour, width });
}

/** From visit to visit, the older the fainter. */
export function drawTrail(
  pen: IPen,
  scene: Scene,
  view: IView,
  palette: IPalette
): void {
  const trail = scene.trail.filter(index => scene.has(index));
  trail.forEach((index, n) => {
    const alpha = 0.12 + (0.3 * (n + 1)) / trail.length;
    const [x, y] = onScreen(scene, view, index);
    const outline = pen.outline();
    outline.circle(x, y, scene.radii[index] * sizeAt(view.k) + 6);
    pen.fill(outline, { colour: palette.accent, alpha: 0.6 * alpha });
    if (n > 0) {
      pen.lines([...onScreen(scene, view, trail[n - 1]), x, y], {
        colour: palette.accent,
        width: 3,
        alpha: 0.6 * alpha,
        dash: [1, 7]
      });
    }
  });
}

/** A pin stuck in at the upper right. */
export function drawPins(
  pen: IPen,
  scene: Scene,
  view: IView,
  palette: IPalette
): void {
  const heads = pen.outline();
  const needles: number[] = [];
  for (const index of scene.pinned) {
    if (scene.has(index)) {
      const [x, y] = onScreen(scene, view, index);
      const reach = scene.radii[index] * sizeAt(view.k) * 0.7;
      const [px, py] = [x + reach + 3, y - reach - 5];
      needles.push(px, py, x + reach - 1, y - reach + 1);
      heads.circle(px, py, 3);
    }
  }
  pen.lines(needles, { colour: palette.text, width: 1.2 });
  pen.fill(heads, { colour: palette.pin });
}

/** On each concept the mark of its state, so that it is told without colour too. */
export function drawMastery(
  pen: IPen,
  scene: Scene,
  view: IView,
  palette: IPalette
): void {
  const lines: number[] = [];
  for (const [id, state] of scene.mastery ?? []) {
    const index = scene.model.byId.get(id)?.index ?? -1;
    if (index < 0 || !scene.has(index) || !scene.isLit(index)) {
      continue;
    }
    const [x, y] = onScreen(scene, view, index);
    const reach = scene.radii[index] * sizeAt(view.k);
    const points = MASTERY_MARKS[state];
    points.slice(1).forEach(([bx, by], n) => {
      const [ax, ay] = points[n];
      lines.push(
        x + ax * reach,
        y + ay * reach,
        x + bx * reach,
        y + by * reach
      );
    });
  }
  pen.lines(lines, { colour: palette.background, width: 2 });
}
