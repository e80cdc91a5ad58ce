/**
 * What is in view as a file to keep: drawn anew from the scene, larger than the screen
 * or as SVG, with what its colours mean below: the clusters, or what was understood.
 */
import { MASTERIES, type Mastery, MASTERY_MARKS } from '../../parts/mastery';
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

/** What stands in the file and not on the map. */
export interface IPictureWords {
  readonly title: string;
  readonly understood: string;
  readonly mastery: (state: Mastery) => string;
}

/** Fine enough to print. */
const RATIO = 2;
const MARGIN = 12;
const LINE = 20;
const TEXT = 12;
/** Of the signs in the legend. */
const RADIUS = 5;

export async function pictureOf(
  { scene, view, palette }: IDrawn,
  format: Format,
  words: IPictureWords
): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (context === null) {
    throw new Error('This browser offers no canvas to draw the map on.');
  }
  const measure = new CanvasPen(context, palette.font);
  const signs =
    scene.mastery === null
      ? clusterSigns(scene)
      : masterySigns(scene, palette, words);
  const legend = legendOf(signs, measure, view);
  const height = view.height + legend.height;
  const draw = (pen: IPen): void => {
    drawScene(pen, scene, view, palette);
    drawLegend(pen, legend, view, palette);
  };
  if (format === 'svg') {
    const pen = new SvgPen(palette.font, measure.widthOf.bind(measure));
    draw(pen);
    const text = pen.file(view.width, height, words.title, palette.background);
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

/** A word of the legend, and the sign before it; a heading has none. */
interface ISign {
  readonly name: string;
  readonly draw: ((pen: IPen, x: number, y: number) => void) | null;
}

interface ILegend {
  readonly height: number;
  readonly entries: readonly {
    readonly sign: ISign;
    readonly x: number;
    readonly y: number;
  }[];
}

/** The clusters of what is drawn, in the colours of their concepts. */
function clusterSigns(scene: Scene): ISign[] {
  const { clusters, nodes } = scene.model;
  return clusters
    .filter(({ id }) =>
      nodes.some(node => node.cluster === id && scene.has(node.index))
    )
    .map(({ title, colour }) => ({
      name: title,
      draw: (pen, x, y) => disc(pen, x, y, colour)
    }));
}

/** The states of the concepts that are drawn, as the map draws them. */
function masterySigns(
  scene: Scene,
  palette: IPalette,
  words: IPictureWords
): ISign[] {
  const found = new Set(
    scene.model.nodes
      .filter(({ type, index }) => type === 'concept' && scene.has(index))
      .map(({ id }) => scene.mastery?.get(id) ?? 'unseen')
  );
  const signs = MASTERIES.filter(state => found.has(state)).map(
    (state): ISign => ({
      name: words.mastery(state),
      draw(pen, x, y) {
        const colour = palette.mastery[state];
        if (state === 'unseen') {
          const rim = pen.outline();
          rim.circle(x, y, RADIUS - 0.5);
          pen.stroke(rim, { colour, width: 1.5 });
        } else {
          disc(pen, x, y, colour);
        }
        const mark = MASTERY_MARKS[state].map(
          ([right, down]) => [x + RADIUS * right, y + RADIUS * down] as const
        );
        pen.lines(
          mark.slice(1).flatMap((end, n) => [...(mark[n] ?? end), ...end]),
          { colour: palette.background, width: 1.5 }
        );
      }
    })
  );
  return signs.length === 0
    ? []
    : [{ name: words.understood, draw: null }, ...signs];
}

function disc(pen: IPen, x: number, y: number, colour: string): void {
  const outline = pen.outline();
  outline.circle(x, y, RADIUS);
  pen.fill(outline, { colour });
}

function legendOf(
  signs: readonly ISign[],
  pen: IPen,
  { width }: IView
): ILegend {
  let [x, y] = [MARGIN, MARGIN + LINE / 2];
  const entries = signs.map(sign => {
    const needs = indent(sign) + pen.widthOf(sign.name, TEXT);
    if (x > MARGIN && x + needs > width - MARGIN) {
      [x, y] = [MARGIN, y + LINE];
    }
    const entry = { sign, x, y };
    x += needs + 16;
    return entry;
  });
  return {
    entries,
    height: entries.length === 0 ? 0 : y + LINE / 2 + MARGIN
  };
}

function indent({ draw }: ISign): number {
  return draw === null ? 0 : 16;
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
  for (const { sign, x, y } of entries) {
    sign.draw?.(pen, x + RADIUS, view.height + y);
    pen.text(sign.name, x + indent(sign), view.height + y, {
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
