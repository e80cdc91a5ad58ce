/**
 * What is in view as a file to keep: drawn anew from the scene, larger than the screen
 * or as SVG, with the clusters' names below.
 */
import type { Cluster } from '../../api/types.gen';
import { drawScene } from './draw';
import type { IView } from './lens';
import type { IPalette } from './palette';
import { CanvasPen, type IPen } from './pen';
import type { Scene } from './scene';
import { SvgPen } from './svg-pen';

export type Format = 'png' | 'svg';

interface IDrawn {
  readonly scene: Scene;
  readonly view: IView;
  readonly palette: IPalette;
}

/** Fine enough to print. */
const RATIO = 2;
const MARGIN = 12;
const LINE = 20;
const TEXT = 12;

export async function pictureOf(
  { scene, view, palette }: IDrawn,
  format: Format,
  title: string
): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (context === null) {
    throw new Error('This browser offers no canvas to draw the map on.');
  }
  const measure = new CanvasPen(context, palette.font);
  const clusters = scene.model.clusters.filter(({ id }) =>
    scene.model.nodes.some(node => node.cluster === id && scene.has(node.index))
  );
  const legend = legendOf(clusters, measure, view);
  const height = view.height + legend.height;
  const draw = (pen: IPen): void => {
    drawScene(pen, scene, view, palette);
    drawLegend(pen, legend, view, palette);
  };
  if (format === 'svg') {
    const pen = new SvgPen(palette.font, measure.widthOf.bind(measure));
    draw(pen);
    const text = pen.file(view.width, height, title, palette.background);
    return new Blob([text], { type: 'image/svg+xml' });
  }
  canvas.width = Math.round(view.width * RATIO);
  canvas.height = Math.round(height * RATIO);
  context.scale(RATIO, RATIO);
  context.fillStyle = palette.background;
  context.fillRect(0, 0, view.width, height);
  draw(new CanvasPen(context, palette.font));
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      blob =>
        blob === null
          ? reject(new Error('The browser could not write the picture.'))
          : resolve(blob),
      'image/png'
    )
  );
}

interface ILegend {
  readonly height: number;
  readonly entries: readonly {
    readonly cluster: Cluster;
    readonly x: number;
    readonly y: number;
  }[];
}

function legendOf(
  clusters: readonly Cluster[],
  pen: IPen,
  { width }: IView
): ILegend {
  let [x, y] = [MARGIN, MARGIN + LINE / 2];
  const entries = clusters.map(cluster => {
    const needs = 16 + pen.widthOf(cluster.title, TEXT);
    if (x > MARGIN && x + needs > width - MARGIN) {
      [x, y] = [MARGIN, y + LINE];
    }
    const entry = { cluster, x, y };
    x += needs + 16;
    return entry;
  });
  return {
    entries,
    height: entries.length === 0 ? 0 : y + LINE / 2 + MARGIN
  };
}

function drawLegend(
  pen: IPen,
  { entries, height }: ILegend,
  view: IView,
  palette: IPalette
): void {
  if (height === 0) {
    return;
  }
  // Names may hang over the lower edge of the view: the legend has a ground of its own.
  const ground = { colour: palette.background };
  pen.box(0, view.height, view.width, height, 0, ground, null);
  pen.lines([0, view.height + 0.5, view.width, view.height + 0.5], {
    colour: palette.edges.structure,
    width: 1
  });
  for (const { cluster, x, y } of entries) {
    const dot = pen.outline();
    dot.circle(x + 5, view.height + y, 5);
    pen.fill(dot, { colour: cluster.colour });
    pen.text(cluster.title, x + 16, view.height + y, {
      size: TEXT,
      colour: palette.text
    });
  }
}

/** `nanochat-learn-map-2026-11-26.svg`, on the learner's calendar. */
export function fileName(format: Format, day = new Date()): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const date = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  return `nanochat-learn-map-${date}.${format}`;
}

export function download(blob: Blob, format: Format): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName(format);
  link.click();
  // The browser has taken the file over by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
