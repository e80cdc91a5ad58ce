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
    const loose = nodes.filter(index => model.nodes[index].parent < 0);
    const sorted = (axis: 0 | 1): number[] =>
      loose.map(index => xy[2 * index + axis]).sort((a, b) => a - b);
    const middle = sorted(0)[Math.floor(loose.length / 2)];
    // A stray above the others does not take the name along.
    const top = sorted(1)[Math.floor(loose.length / 6)];
    const width = pen.widthOf(region.title, size, true);
    const left = Math.max(
      4,
      Math.min(most - width - 18, middle * k + x - (width + 14) / 2)
    );
    const at = (top - WIDE * 0.8) * k + y;
    const spot = { x: left, y: at, width: width + 18, height: size + 4 };
    if (!taken.isFree(spot)) {
      continue;
    }
    taken.add(spot);
    const dot = pen.outline();
    dot.circle(left + 5, at, 4.5);
    pen.fill(dot, { colour: region.colour ?? palette.quiet });
    pen.text(region.title, left + 14, at, {
      size,
      bold: true,
      colour: palette.text,
      halo: palette.background
    });
  }
}
