/**
 * Chips at the ends of lines. They follow their lines through every edit; one whose
 * statement is edited turns grey, and clears up when the edit is taken back. Drawn for
 * lines in view only; a key costs a look at the chips beside it, whatever the file.
 */
import {
  type EditorState,
  type Extension,
  MapMode,
  type Range,
  RangeSet,
  RangeValue,
  StateEffect,
  StateField,
  type Transaction
} from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  type PluginValue,
  ViewPlugin,
  type ViewUpdate,
  WidgetType
} from '@codemirror/view';

import type { LineRecord } from '../api/types.gen';
import { type IPlaced, statementEnd } from './placing';

/** Lines of a statement that are watched. */
const LONGEST_STATEMENT = 61;

/** Of no width, at the end of the line; the chip hangs on it. */
const END = 'jp-NanochatLearn-shapeEnd';
/** Pixels between a line and its chip, and between chip and edge. */
const GAP = 14;
const MARGIN = 4;
/** Pixels of a chip that a full line still shows, over its last letters. */
const LEAST = 26;

/** What an editor shows from now on, in place of what it showed. */
export const setShapes = StateEffect.define<readonly IPlaced[]>();

/** A chip, anchored at the end of the first line of its statement. */
export class Shape extends RangeValue {
  override mapMode = MapMode.TrackDel;
  override startSide = -1;

  constructor(
    readonly record: LineRecord,
    /** The statement as it was when it ran; null where it was another one already. */
    readonly text: string | null,
    readonly rows: number,
    readonly stale: boolean
  ) {
    super();
  }

  override eq(other: RangeValue): boolean {
    return (
      other instanceof Shape &&
      other.record === this.record &&
      other.stale === this.stale
    );
  }

  /** As it is over the text that its lines have now. */
  over(state: EditorState, place: number): Shape {
    const stale =
      this.text === null || rowsAt(state, place, this.rows) !== this.text;
    return stale === this.stale
      ? this
      : new Shape(this.record, this.text, this.rows, stale);
  }
}

export const shapes = StateField.define<RangeSet<Shape>>({
  create: () => RangeSet.empty,
  update(set, transaction) {
    let next = set;
    if (transaction.docChanged && set.size > 0) {
      next = afterEdit(set.map(transaction.changes), transaction);
    }
    for (const effect of transaction.effects) {
      if (effect.is(setShapes)) {
        next = placedIn(transaction.state, effect.value);
      }
    }
    return next;
  }
});

function rowsAt(state: EditorState, place: number, rows: number): string {
  const { doc } = state;
  const first = doc.lineAt(place);
  const last = doc.line(Math.min(first.number + rows - 1, doc.lines));
  return doc.sliceString(first.from, last.to).trim();
}

function placedIn(
  state: EditorState,
  placed: readonly IPlaced[]
): RangeSet<Shape> {
  const ranges: Range<Shape>[] = [];
  for (const { line, record, stale } of placed) {
    if (line > state.doc.lines) {
      continue;
    }
    const { to } = state.doc.line(line);
    const rows = statementEnd(state.doc, line) - line + 1;
    const text = stale ? null : rowsAt(state, to, rows);
    ranges.push(new Shape(record, text, rows, stale).range(to));
  }
  return RangeSet.of(ranges, true);
}

/** Look again at the statements that an edit may have touched. */
function afterEdit(
  set: RangeSet<Shape>,
  { changes, state }: Transaction
): RangeSet<Shape> {
  const { doc } = state;
  let next = set;
  changes.iterChangedRanges((_fromA, _toA, fromB, toB) => {
    const above = Math.max(1, doc.lineAt(fromB).number - LONGEST_STATEMENT);
    const filterFrom = doc.line(above).from;
    const filterTo = doc.lineAt(toB).to;
    const add: Range<Shape>[] = [];
    next.between(filterFrom, filterTo, (place, _, shape) => {
      const now = shape.over(state, place);
      if (now !== shape) {
        add.push(now.range(place));
      }
    });
    if (add.length > 0) {
      const changed = new Set(add.map(({ from }) => from));
      next = next.update({
        filterFrom,
        filterTo,
        filter: from => !changed.has(from),
        add,
        sort: true
      });
    }
  });
  return next;
}

/** The chip on the line of a place. */
export function shapeOnLine(
  state: EditorState,
  place: number
): { readonly shape: Shape; readonly at: number } | null {
  const { from, to } = state.doc.lineAt(place);
  let found: { shape: Shape; at: number } | null = null;
  state.field(shapes, false)?.between(from, to, (at, _, shape) => {
    found = { shape, at };
    return false;
  });
  return found;
}

/** How a chip is drawn and what it tells. */
export interface IChipLook {
  text(record: LineRecord): string;
  spoken(record: LineRecord, stale: boolean): string;
  /** The pointer rests on a chip, presses it, or has left it. */
  pointed(
    view: EditorView,
    chip: HTMLElement,
    how: 'over' | 'press' | 'out'
  ): void;
}

/** Chips as an extension. */
export function shapeChips(look: IChipLook): Extension {
  return [
    shapes,
    ViewPlugin.define(view => new Drawn(view, look), {
      decorations: drawn => drawn.chips
    })
  ];
}

class Drawn implements PluginValue {
  constructor(
    view: EditorView,
    private readonly _look: IChipLook
  ) {
    this.chips = this._inView(view);
    view.requestMeasure(this._room);
  }

  chips: DecorationSet;

  update({
    startState,
    state,
    view,
    docChanged,
    viewportChanged,
    geometryChanged
  }: ViewUpdate): void {
    const now = state.field(shapes);
    if (
      now !== startState.field(shapes) ||
      (now.size > 0 && (docChanged || viewportChanged))
    ) {
      this.chips = this._inView(view);
      view.requestMeasure(this._room);
    } else if (now.size > 0 && geometryChanged) {
      view.requestMeasure(this._room);
    }
  }

  /** Chips get the room that their lines leave: no line wraps or grows because of one. */
  private readonly _room = {
    key: this,
    read: (view: EditorView): [HTMLElement, number][] => {
      const { scrollDOM } = view;
      const edge =
        scrollDOM.getBoundingClientRect().left + scrollDOM.clientWidth - MARGIN;
      const ends = view.contentDOM.querySelectorAll<HTMLElement>(`.${END}`);
      return [...ends].map(end => [
        end,
        edge - end.getBoundingClientRect().left
      ]);
    },
    write: (rooms: [HTMLElement, number][]): void => {
      for (const [end, room] of rooms) {
        const chip = end.firstElementChild as HTMLElement;
        // A line that reaches beyond the edge is scrolled to, and its chip with it.
        const width = room < 0 ? null : Math.max(room - GAP, LEAST);
        chip.style.left = `${width === null ? GAP : Math.min(GAP, room - width)}px`;
        chip.style.maxWidth = width === null ? '' : `${width}px`;
      }
    }
  };

  private _inView(view: EditorView): DecorationSet {
    const set = view.state.field(shapes);
    if (set.size === 0) {
      return Decoration.none;
    }
    const { doc } = view.state;
    const chips: Range<Decoration>[] = [];
    for (const { from, to } of view.visibleRanges) {
      set.between(from, doc.lineAt(to).to, (at, _, shape) => {
        const widget = new Chip(shape, this._look);
        const end = doc.lineAt(at).to;
        chips.push(Decoration.widget({ widget, side: 2 }).range(end));
      });
    }
    return Decoration.set(chips, true);
  }
}

class Chip extends WidgetType {
  constructor(
    private readonly _shape: Shape,
    private readonly _look: IChipLook
  ) {
    super();
  }

  override eq(other: Chip): boolean {
    return this._shape.eq(other._shape);
  }

  override toDOM(view: EditorView): HTMLElement {
    const { record, stale } = this._shape;
    const node = document.createElement('span');
    node.className = 'jp-NanochatLearn-shape';
    node.classList.toggle('jp-mod-stale', stale);
    node.setAttribute('role', 'note');
    node.setAttribute('aria-label', this._look.spoken(record, stale));
    node.textContent = this._look.text(record);
    node.onmouseenter = () => this._look.pointed(view, node, 'over');
    node.onmouseleave = () => this._look.pointed(view, node, 'out');
    node.onmousedown = event => {
      event.preventDefault(); // the cursor stays where it is
      this._look.pointed(view, node, 'press');
    };
    const end = document.createElement('span');
    end.className = END;
    end.append(node);
    return end;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}
