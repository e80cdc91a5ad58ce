/**
 * Where every number is drawn, as plain data: nested blocks for a layout, and any frame
 * between two layouts. A number keeps its name, its place in memory, on the way.
 */
import { type Axis, compute, indexOf, type ISizes } from './compute';

export interface ICell {
  /** Its place in memory: also its name. */
  readonly place: number;
  readonly x: number;
  readonly y: number;
  readonly opacity: number;
}

export interface IBox {
  readonly id: string;
  readonly kind: 'text' | 'head';
  readonly number: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly opacity: number;
}

/** The name of a direction, along the side where it runs. */
export interface IMark {
  readonly axis: Axis;
  readonly x: number;
  readonly y: number;
  /** Runs downwards. */
  readonly down: boolean;
  readonly opacity: number;
}

export interface IScene {
  readonly cells: readonly ICell[];
  readonly boxes: readonly IBox[];
  readonly marks: readonly IMark[];
  readonly cell: number;
  readonly height: number;
}

const LARGEST = 34;
/** Room for names: left of the blocks, above the first row of them, above each. */
const LEFT = 38;
const TOP = 32;
const TITLE = 20;
const GAP = 22;
const HEAD_GAP = 10;
const ROW_GAP = 4;
const PAD = 4;

/** The last layout that can be drawn: without heads of equal width only the first three. */
export function lastStep(sizes: ISizes): number {
  return compute({}, sizes).layouts.length - 1;
}

/** The picture at `step`, `t` of the way (0 to 1) to the next. */
export function frame(
  sizes: ISizes,
  step: number,
  t: number,
  width: number
): IScene {
  const from = scene(sizes, step, width);
  if (t === 0 || step >= lastStep(sizes)) {
    return from;
  }
  const to = scene(sizes, step + 1, width);
  const smooth = t * t * (3 - 2 * t);
  const mix = (a: number, b: number): number => a + (b - a) * smooth;
  /** What stands in both moves; what stands in one appears or goes. */
  const both = <T extends { opacity: number }>(
    old: readonly T[],
    fresh: readonly T[],
    name: (one: T) => unknown,
    move: (a: T, b: T) => T
  ): T[] => {
    const partners = new Map(fresh.map(one => [name(one), one]));
    const moved = old.map(one => {
      const partner = partners.get(name(one));
      partners.delete(name(one));
      return partner ? move(one, partner) : { ...one, opacity: 1 - smooth };
    });
    const come = [...partners.values()].map(one => ({
      ...one,
      opacity: smooth
    }));
    return [...moved, ...come];
  };
  return {
    cell: from.cell,
    height: mix(from.height, to.height),
    cells: both(
      from.cells,
      to.cells,
      cell => cell.place,
      (a, b) => ({ ...a, x: mix(a.x, b.x), y: mix(a.y, b.y) })
    ),
    boxes: both(
      from.boxes,
      to.boxes,
      box => box.id,
      (a, b) => ({
        ...a,
        x: mix(a.x, b.x),
        y: mix(a.y, b.y),
        width: mix(a.width, b.width),
        height: mix(a.height, b.height)
      })
    ),
    marks: both(
      from.marks,
      to.marks,
      mark => mark.axis + mark.down,
      (a, b) => ({ ...a, x: mix(a.x, b.x), y: mix(a.y, b.y) })
    )
  };
}

function scene(sizes: ISizes, step: number, width: number): IScene {
  const { layouts } = compute({}, sizes);
  const layout = layouts[step];
  const stack = layouts[2];
  if (layout === undefined || stack === undefined) {
    throw new Error('There is no such layout for these sizes.');
  }
  const { B, T, C, H } = sizes;
  const cut = layouts.length > 3;
  const D = cut ? C / H : C;
  const gaps = cut ? (H - 1) * HEAD_GAP : 0;
  const room = width - LEFT - 2 * PAD - 2;
  const cell = Math.min(LARGEST, Math.floor((room - gaps) / C));
  const row = cell + ROW_GAP;
  // stack and view keep the same room, so that view moves nothing; a title needs some, too
  const swapped = step === 4;
  const blockWidth = swapped ? Math.max(D * cell, 40) : C * cell + gaps;
  const perRow = Math.max(
    1,
    Math.floor((room + GAP) / (blockWidth + GAP + 2 * PAD))
  );
  const tall = swapped ? H * T * row + (H - 1) * HEAD_GAP : T * row;
  const rows = step === 0 ? row : tall;
  const blockHeight = TITLE + rows - ROW_GAP + 2 * PAD;
  const corner = (b: number): [number, number] => [
    LEFT + (b % perRow) * (blockWidth + GAP + 2 * PAD),
    TOP + Math.floor(b / perRow) * (blockHeight + GAP) + TITLE
  ];
  const blocks = step < 2 ? 1 : B;

  const cells = Array.from({ length: layout.count }, (_, place): ICell => {
    const [b = 0, t = 0, c = 0] = indexOf(stack, place);
    const h = Math.floor(c / D);
    const [left, top] = corner(b);
    const x = swapped
      ? (c % D) * cell
      : c * cell + (step === 3 ? h * HEAD_GAP : 0);
    const y = swapped ? (h * T + t) * row + h * HEAD_GAP : t * row;
    return { place, x: left + x, y: top + y, opacity: 1 };
  });
  const shownWidth = swapped ? D * cell : C * cell + (step === 3 ? gaps : 0);
  const texts = Array.from({ length: blocks }, (_, b): IBox => {
    const [left, top] = corner(b);
    return {
      id: `text ${b}`,
      kind: 'text',
      number: b,
      x: left - PAD,
      y: top - PAD,
      width: shownWidth + 2 * PAD,
      height: rows - ROW_GAP + 2 * PAD,
      opacity: 1
    };
  });
  const heads = swapped
    ? texts.flatMap(text =>
        Array.from({ length: H }, (_, h): IBox => ({
          ...text,
          id: `${text.id} head ${h}`,
          kind: 'head',
          number: h,
          x: text.x + 2,
          y: text.y + 2 + h * (T * row + HEAD_GAP),
          width: text.width - 4,
          height: T * row - ROW_GAP + 2 * PAD - 4
        }))
      )
    : [];
  const [left, top] = corner(0);
  const over = (axis: Axis, span: number, line: number): IMark => ({
    axis,
    x: left + span / 2,
    y: top - PAD - TITLE - 8 - line * 15,
    down: false,
    opacity: 1
  });
  const beside = (
    axis: Axis,
    from: number,
    span: number,
    line: number
  ): IMark => ({
    axis,
    x: left - PAD - 9 - line * 15,
    y: top + from + span / 2,
    down: true,
    opacity: 1
  });
  const table = T * row - ROW_GAP;
  const marks = [
    [over('C', C * cell, 0)],
    [over('C', C * cell, 0), beside('T', 0, table, 0)],
    [over('C', C * cell, 0), beside('T', 0, table, 0)],
    [
      over('D', D * cell, 0),
      over('H', C * cell + gaps, 1),
      beside('T', 0, table, 0)
    ],
    [
      over('D', D * cell, 0),
      beside('T', 0, table, 0),
      beside('H', 0, rows - ROW_GAP, 1)
    ]
  ][step] as IMark[];
  return {
    cells,
    boxes: [...texts, ...heads],
    marks,
    cell,
    height: TOP + Math.ceil(blocks / perRow) * (blockHeight + GAP) - GAP
  };
}

/** The nearest cell in a direction, for the arrow keys; none at the edge. */
export function neighbour(
  cells: readonly ICell[],
  from: ICell,
  dx: number,
  dy: number
): ICell | undefined {
  let best: ICell | undefined;
  let least = Infinity;
  for (const cell of cells) {
    const [x, y] = [cell.x - from.x, cell.y - from.y];
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (along > 0.5 && along + 4 * aside < least) {
      least = along + 4 * aside;
      best = cell;
    }
  }
  return best;
}
