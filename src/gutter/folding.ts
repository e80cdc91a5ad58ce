/**
 * Tag lines folded away, so that the code reads uncluttered. Their markers move to the
 * line below (`shownOn`), line numbers stay true, the text itself is untouched.
 *
 * Typing never folds anything: what is being edited stays open until the cursor goes
 * elsewhere, so no line jumps away under the hands. A quote typed far above can turn a
 * tag into text; the folds in view are therefore compared with the syntax tree a moment
 * after each edit (`fold-keys.ts`), so that a key costs the same in any file.
 */
import { language } from '@codemirror/language';
import {
  type EditorState,
  type Range,
  StateEffect,
  StateField,
  type Transaction
} from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  WidgetType
} from '@codemirror/view';

import { tagsBetween } from './candidates';
import { commentsAround, type ILines, runsBetween } from './runs';
import type { IPlacedTag } from './tags';

interface IFolds {
  readonly on: boolean;
  /** Lines that stay open: where the cursor is, and what was typed since it came. */
  readonly open: ILines | null;
  readonly marks: DecorationSet;
  /** What the sign behind a definition's first line says about the lines below it. */
  readonly more: (lines: number) => string;
}

/** The setting was switched. */
export const setFolding = StateEffect.define<boolean>();
/** The editor got the focus, so that the cursor counts, or lost it. */
export const setFocus = StateEffect.define<boolean>();
/** Compare the folds of some lines with the syntax tree. */
export const recheck = StateEffect.define<ILines>();

const HIDDEN = Decoration.replace({ block: true });
const HEAD = Decoration.line({ class: 'jp-NanochatLearn-foldHead' });

/** The folds of an editor; `init` gives them the setting and their words. */
export const folds = StateField.define<IFolds>({
  create: () => ({
    on: false,
    open: null,
    marks: Decoration.none,
    more: () => ''
  }),
  update,
  provide: field => EditorView.decorations.from(field, ({ marks }) => marks)
});

/** The field as it begins, folded at once where the setting says so. */
export function initialFolds(
  on: () => boolean,
  more: (lines: number) => string
): ReturnType<typeof folds.init> {
  return folds.init(state => {
    const none = { on: on(), open: null, marks: Decoration.none, more };
    return none.on ? foldAll(state, none) : none;
  });
}

function update(value: IFolds, transaction: Transaction): IFolds {
  const { startState, state, docChanged, selection, effects } = transaction;
  let next = value;
  let anew = startState.facet(language) !== state.facet(language);
  let focus: boolean | null = selection === undefined ? null : true;
  const doubtful: ILines[] = [];
  for (const effect of effects) {
    if (effect.is(setFolding)) {
      next = { ...next, on: effect.value };
      anew = true;
    } else if (effect.is(setFocus)) {
      focus = effect.value;
    } else if (effect.is(recheck)) {
      doubtful.push(effect.value);
    }
  }
  if (!next.on) {
    return next.marks.size === 0
      ? next
      : { ...next, open: null, marks: Decoration.none };
  }
  if (docChanged) {
    next = afterEdit(next, transaction);
  } else if (focus !== null) {
    next = afterMove(next, state, focus);
  }
  return anew
    ? foldAll(state, next)
    : doubtful.reduce((folded, lines) => refold(folded, state, lines), next);
}

function foldAll(state: EditorState, value: IFolds): IFolds {
  const all = { from: 0, to: state.doc.length };
  const marks = Decoration.set(foldable(state, all, value), true);
  return { ...value, marks };
}

/** Folds go with their lines; a line that was touched opens. */
function afterEdit(value: IFolds, transaction: Transaction): IFolds {
  const { changes, state } = transaction;
  let marks = value.marks.map(changes);
  let open = value.open && {
    from: changes.mapPos(value.open.from, -1),
    to: changes.mapPos(value.open.to, 1)
  };
  const typed = ['input', 'delete', 'move'].some(event =>
    transaction.isUserEvent(event)
  );
  changes.iterChangedRanges((_fromA, _toA, fromB, toB) => {
    const touched = {
      from: state.doc.lineAt(fromB).from,
      to: state.doc.lineAt(toB).to
    };
    marks = marks.update({
      filterFrom: touched.from,
      filterTo: touched.to,
      filter: () => false
    });
    if (typed) {
      open = union(open, touched);
    }
  });
  return { ...value, open, marks };
}

/** The cursor went elsewhere: what it left may fold, what it reached opens. */
function afterMove(value: IFolds, state: EditorState, focus: boolean): IFolds {
  const line = state.doc.lineAt(state.selection.main.head);
  const open = focus ? { from: line.from, to: line.to } : null;
  const before = value.open;
  if (before?.from === open?.from && before?.to === open?.to) {
    return value;
  }
  const next = { ...value, open };
  return [before, open].reduce(
    (folded, lines) => (lines ? refold(folded, state, lines) : folded),
    next
  );
}

/** Fold some lines anew, and what hangs together with them. */
function refold(value: IFolds, state: EditorState, lines: ILines): IFolds {
  const block = commentsAround(
    state,
    Math.min(lines.from, state.doc.length),
    Math.min(lines.to, state.doc.length)
  );
  const marks = value.marks.update({
    filterFrom: block.from,
    filterTo: block.to,
    filter: () => false,
    add: foldable(state, block, value),
    sort: true
  });
  return { ...value, marks };
}

function foldable(
  state: EditorState,
  { from, to }: ILines,
  { open, more }: IFolds
): Range<Decoration>[] {
  const marks: Range<Decoration>[] = [];
  for (const run of runsBetween(state, from, to)) {
    if (open !== null && open.from <= run.to && run.from <= open.to) {
      continue;
    }
    for (const lines of run.hidden) {
      marks.push(HIDDEN.range(lines.from, lines.to));
    }
    for (const head of run.heads) {
      marks.push(HEAD.range(head.from));
      if (head.more > 0) {
        const widget = new More(head.more, more(head.more));
        marks.push(Decoration.widget({ widget, side: 1 }).range(head.to));
      }
    }
  }
  return marks;
}

function union(one: ILines | null, other: ILines): ILines {
  return one === null
    ? other
    : { from: Math.min(one.from, other.from), to: Math.max(one.to, other.to) };
}

/** Stands behind the first line of a definition and opens the lines below it. */
class More extends WidgetType {
  constructor(
    private readonly _lines: number,
    private readonly _title: string
  ) {
    super();
  }

  override eq(other: More): boolean {
    return other._lines === this._lines;
  }

  override toDOM(view: EditorView): HTMLElement {
    const node = document.createElement('span');
    node.className = 'jp-NanochatLearn-foldMore';
    node.textContent = '⋯';
    node.title = this._title;
    node.onmousedown = event => {
      event.preventDefault();
      view.dispatch({ selection: { anchor: view.posAtDOM(node) } });
      view.focus();
    };
    return node;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

/** Whether a line is folded away. */
export function isHidden(state: EditorState, { from, to }: ILines): boolean {
  return hasMark(state, from, to, mark => mark === HIDDEN);
}

/** Whether a line is the first of a definition whose tag is folded away. */
function isHead(state: EditorState, { from }: ILines): boolean {
  return hasMark(state, from, from, mark => mark === HEAD);
}

function hasMark(
  state: EditorState,
  from: number,
  to: number,
  test: (mark: Decoration) => boolean
): boolean {
  let found = false;
  state.field(folds, false)?.marks.between(from, to, (start, end, mark) => {
    found ||= start <= from && end >= to && test(mark);
    return found ? false : undefined;
  });
  return found;
}

/**
 * The tags that a row of the screen shows: its own, and those folded away above it. A
 * definition's tag stays with its text; the others go on to the line that they cover.
 */
export function shownOn(
  state: EditorState,
  from: number,
  to: number
): IPlacedTag[] {
  const own = tagsBetween(state, from, to);
  if ((state.field(folds, false)?.marks.size ?? 0) === 0) {
    return own;
  }
  const { doc } = state;
  let below = doc.lineAt(from);
  const head = isHead(state, below);
  const above: IPlacedTag[] = [];
  while (below.number > 1) {
    const line = doc.line(below.number - 1);
    if (isHidden(state, line)) {
      const belongsToHead = isHead(state, below);
      if (belongsToHead === head) {
        above.unshift(...tagsBetween(state, line.from, line.to));
      }
      if (head) {
        break;
      }
    } else if (head || !isHead(state, line)) {
      break;
    }
    below = line;
  }
  return [...above, ...own];
}
