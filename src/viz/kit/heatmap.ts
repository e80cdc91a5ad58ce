/**
 * A table of coloured cells with names along both sides. One pixel a cell on canvas, scaled
 * up; a cell without a colour lets the hatching behind it through. Point, click, or walk
 * with the arrow keys.
 */
import { element } from './dom';
import { type IFocus, type IPointing, pointableWithin } from './focus';
import type { Rgb } from './scale';
import { ARROWS } from './walk';

export interface ICell {
  readonly row: number;
  readonly column: number;
}

export interface IHeatmapNames {
  readonly label: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
}

export interface IHeatmapEvents {
  choose(cell: ICell): void;
  readonly pointing: IPointing;
  /** What somebody points at who is on this cell. */
  focus(cell: ICell): IFocus;
}

export interface IHeatmap {
  readonly node: HTMLElement;
  /** `ends`: a short text at the end of each row. */
  show(
    colour: (row: number, column: number) => Rgb | null,
    at: ICell,
    ends?: readonly string[]
  ): void;
}

/** More names than this do not fit: then only every second one is written, and so on. */
const NAMES = 16;
/** With more cells a side there is no room for lines between them. */
const LINED = 40;

export function heatmap(
  { label, rows, columns }: IHeatmapNames,
  { choose, pointing, focus }: IHeatmapEvents
): IHeatmap {
  const canvas = element('canvas', { 'aria-hidden': 'true' });
  const rowMark = element('span', { class: 'nl-map-row' });
  const cellMark = element('span', { class: 'nl-map-cell' });
  const cells = element(
    'div',
    {
      class: 'nl-map-cells',
      role: 'application',
      tabindex: '0',
      'aria-label': label
    },
    canvas,
    rowMark,
    cellMark
  );
  const names = (texts: readonly string[], side: string): HTMLElement[] => {
    const every = Math.ceil(texts.length / NAMES);
    return texts.map((text, n) =>
      element('span', { class: side }, n % every === 0 ? text : '')
    );
  };
  const rowNames = names(rows, 'nl-map-name');
  const columnNames = names(columns, 'nl-map-name');
  const endTexts = rows.map(() => element('span'));
  const side = (kind: string, texts: HTMLElement[]): HTMLElement =>
    element(
      'div',
      { class: `nl-map-${kind}`, 'aria-hidden': 'true' },
      ...texts
    );
  const node = element(
    'div',
    { class: 'nl-map' },
    side('columns', columnNames),
    side('rows', rowNames),
    cells,
    side('ends', endTexts)
  );
  node.style.setProperty('--nl-rows', String(rows.length));
  node.style.setProperty('--nl-columns', String(columns.length));

  node.classList.toggle('nl-dense', columns.length > LINED);

  let now: ICell = { row: 0, column: 0 };
  const under = (event: MouseEvent): ICell => {
    const box = canvas.getBoundingClientRect();
    return {
      row: part((event.clientY - box.top) / box.height, rows.length),
      column: part((event.clientX - box.left) / box.width, columns.length)
    };
  };
  const go = (cell: ICell): void => {
    choose(cell);
    pointing.onto(focus(cell));
  };
  pointableWithin(cells, pointing);
  cells.addEventListener('pointermove', event =>
    pointing.hover(focus(under(event)))
  );
  cells.addEventListener('focus', () => pointing.onto(focus(now)));
  cells.addEventListener('click', event => go(under(event)));
  cells.addEventListener('keydown', event => {
    const step = ARROWS[event.key];
    if (step !== undefined) {
      event.preventDefault();
      go({
        row: clamp(now.row + step[1], rows.length),
        column: clamp(now.column + step[0], columns.length)
      });
    }
  });

  return {
    node,
    show(colour, at, ends = []) {
      now = at;
      paint(canvas, rows.length, columns.length, colour);
      const height = 100 / rows.length;
      const width = 100 / columns.length;
      rowMark.style.cssText = `top:${at.row * height}%;height:${height}%`;
      cellMark.style.cssText = `top:${at.row * height}%;height:${height}%;left:${at.column * width}%;width:${width}%`;
      rowNames.forEach((name, n) => light(name, n === at.row, rows[n]));
      columnNames.forEach((name, n) =>
        light(name, n === at.column, columns[n])
      );
      endTexts.forEach((text, n) => {
        const room = rows.length <= LINED || n === at.row;
        text.textContent = room ? (ends[n] ?? '') : '';
      });
    }
  };
}

/** One pixel a cell; null leaves the pixel clear. */
export function paint(
  canvas: HTMLCanvasElement,
  rows: number,
  columns: number,
  colour: (row: number, column: number) => Rgb | null
): void {
  canvas.width = columns;
  canvas.height = rows;
  const pen = canvas.getContext('2d');
  if (pen === null) {
    return;
  }
  const image = pen.createImageData(columns, rows);
  for (let cell = 0; cell < rows * columns; cell++) {
    const rgb = colour(Math.floor(cell / columns), cell % columns);
    if (rgb !== null) {
      image.data.set([...rgb, 255], cell * 4);
    }
  }
  pen.putImageData(image, 0, 0);
}

/** The chosen name is always written, also where names are thinned out. */
function light(name: HTMLElement, chosen: boolean, text = ''): void {
  name.classList.toggle('nl-chosen', chosen);
  if (chosen && name.textContent === '') {
    name.textContent = text;
    name.dataset.thin = '';
  } else if (!chosen && name.dataset.thin !== undefined) {
    name.textContent = '';
    delete name.dataset.thin;
  }
}

function part(fraction: number, count: number): number {
  return clamp(Math.floor(fraction * count), count);
}

function clamp(value: number, count: number): number {
  return Math.min(Math.max(value, 0), count - 1);
}

export const HEATMAP_STYLE = `
.nl-map{display:grid;justify-content:start;grid-template-columns:auto minmax(0,calc(var(--nl-columns)*34px)) auto;font-size:11px;line-height:1.1}
.nl-map-columns{grid-column:2;display:grid;grid-template-columns:repeat(var(--nl-columns),minmax(0,1fr));align-items:end;margin-bottom:3px}
.nl-map-columns span{writing-mode:vertical-rl;transform:rotate(180deg);justify-self:center;white-space:nowrap}
.nl-map-rows,.nl-map-ends{display:grid;grid-template-rows:repeat(var(--nl-rows),minmax(0,1fr));align-items:center;white-space:nowrap;height:0;min-height:100%}
.nl-map-rows{grid-column:1;text-align:right;padding-right:5px;max-width:110px}
.nl-map-ends{padding-left:5px;font-variant-numeric:tabular-nums}
.nl-map-name{color:var(--nl-soft);overflow:hidden;text-overflow:ellipsis}
.nl-map-name.nl-chosen{color:var(--nl-text);text-shadow:0 0 .7px currentColor;background:var(--nl-back);position:relative;z-index:1}
.nl-map-cells{position:relative;aspect-ratio:var(--nl-columns)/var(--nl-rows);cursor:pointer;touch-action:manipulation}
.nl-map-cells canvas{position:absolute;width:100%;height:100%;image-rendering:pixelated}
.nl-map-cells::after{content:"";position:absolute;inset:0;pointer-events:none;border:1px solid var(--nl-line);
background-image:linear-gradient(90deg,var(--nl-back) 1px,transparent 1px),linear-gradient(var(--nl-back) 1px,transparent 1px);
background-size:calc(100%/var(--nl-columns)) 100%,100% calc(100%/var(--nl-rows))}
.nl-dense .nl-map-cells::after{background:none}
.nl-map.nl-hatch .nl-map-cells{background:var(--nl-hatching)}
.nl-map-row,.nl-map-cell{position:absolute;z-index:1;pointer-events:none}
.nl-map-row{left:0;right:0;outline:2px solid var(--nl-text)}
.nl-map-cell{outline:3px solid var(--nl-two);outline-offset:-1px;box-shadow:inset 0 0 0 2px var(--nl-back)}
`;
