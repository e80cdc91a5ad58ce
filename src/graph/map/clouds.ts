/**
 * Regions where forces arrange the map: a soft ground below each region's nodes, and its
 * name above them. Where frames say it (the map of regions) nothing of this is drawn.
 */
import { homesOf } from '../free/problem';
import type { IRegion } from '../model/regions';
import type { IView } from './lens';
import type { IPalette } from './palette';
import type { IPen } from './pen';
import type { Scene } from './scene';
import type { Taken } from './taken';

/** How far the ground reaches around ideas and files, and around what files hold. */
const WIDE = 40;
const NARROW = 22;
const SIZE = 13;

interface ICloud {
  readonly region: IRegion;
  readonly nodes: readonly number[];
}

/** Regions with a colour of their own: others would be a grey fog. */
function cloudsOf(scene: Scene): readonly ICloud[] {
  if (!scene.free) {
    return [];
  }
  const { model, groups } = scene;
  const nodes = groups.map((): number[] => []);
  homesOf(model, groups).forEach((home, index) => {
    if (home >= 0 && scene.has(index)) {
      nodes[home].push(index);
    }
  });
  return groups
    .map((region, n) => ({ region, nodes: nodes[n] }))
    .filter(cloud => cloud.region.colour !== null && cloud.nodes.length > 0);
}

export function drawClouds(
  pen: IPen,
  scene: Scene,
  { x, y, k }: IView,
  palette: IPalette
): void {
  const { model, xy } = scene;
  for (const { region, nodes } of cloudsOf(scene)) {
    // One outline of many circles: where they meet the ground is no darker.
    const outline = pen.outline();
    for (const index of nodes) {
      const reach = model.nodes[index].parent < 0 ? WIDE : NARROW;
      outline.circle(
        xy[2 * index] * k + x,
        xy[2 * index + 1] * k + y,
        reach * k
      );
    }
    pen.fill(outline, { colour: region.colour ?? palette.quiet, alpha: 0.1 });
  }
}

/** Above where most of its ideas are, for whoever gets room first. */
export function nameClouds(
  pen: IPen,
  scene: Scene,
  { x, y, k, width: most }: IView,
  palette: IPalette,
  taken: Taken
): void {
  const { model, xy } = scene;
  const size = Math.max(11, Math.min(15, SIZE * k * 1.4));
  for (const { region, nodes } of cloudsOf(scene)) {
    const loose = nodes
      .filter(index => model.nodes[index].parent < 0)
      .map(index => [xy[2 * index] * k + x, xy[2 * index + 1] * k + y])
      .sort((a, b) => a[1] - b[1]);
    const width = pen.widthOf(region.title, size, true) + 18;
    // Above the upper ones, where it hides none; a stray on top does not take it along.
    const spots = loose
      .slice(Math.floor(loose.length / 6))
      .concat(loose)
      .map(([px, py]) => ({
        x: Math.max(4, Math.min(most - width, px - width / 2)),
        y: py - Math.max(WIDE * 0.6 * k, size + 2),
        width,
        height: size + 4
      }));
    const spot =
      spots.find(
        at =>
          taken.isFree(at) &&
          !loose.some(
            ([px, py]) =>
              px > at.x - 4 &&
              px < at.x + width &&
              Math.abs(py - at.y) < 7 + size / 2
          )
      ) ?? spots.find(at => taken.isFree(at));
    if (spot === undefined) {
      continue;
    }
    taken.add(spot);
    const dot = pen.outline();
    dot.circle(spot.x + 5, spot.y, 4.5);
    pen.fill(dot, { colour: region.colour ?? palette.quiet });
    pen.text(region.title, spot.x + 14, spot.y, {
      size,
      bold: true,
      colour: palette.text,
      halo: palette.background
    });
  }
}
