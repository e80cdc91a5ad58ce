/**
 * Lines lit for a moment, so that the eye finds where it was taken. Fades by CSS;
 * with reduced motion it stands still and then goes.
 */
import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

import { clampLines } from './places';

/** How long the light stays, in milliseconds; the stylesheet fades in the same time. */
const LIT = 2000;

const LINE = Decoration.line({ class: 'jp-NanochatLearn-flash' });

const light = StateEffect.define<{ first: number; last: number } | null>();

const lit = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(light)) {
        next =
          effect.value === null
            ? Decoration.none
            : linesOf(
                transaction.state.doc,
                effect.value.first,
                effect.value.last
              );
      }
    }
    return next;
  },
  provide: field => EditorView.decorations.from(field)
});

function linesOf(
  doc: { line(n: number): { from: number } },
  first: number,
  last: number
): DecorationSet {
  const marks = [];
  for (let line = first; line <= last; line++) {
    marks.push(LINE.range(doc.line(line).from));
  }
  return Decoration.set(marks);
}

const timers = new WeakMap<EditorView, ReturnType<typeof setTimeout>>();

/** Cursor to a line, in the middle of the view, and its lines lit. 1-based, clamped. */
export function flash(view: EditorView, line: number, endLine: number): void {
  const { doc } = view.state;
  const [first, last] = clampLines(line, endLine, doc.lines);
  const anchor = doc.line(first).from;
  view.dispatch({
    selection: { anchor },
    effects: [
      ...(view.state.field(lit, false) === undefined
        ? [StateEffect.appendConfig.of(lit)]
        : []),
      EditorView.scrollIntoView(anchor, { y: 'center' })
    ]
  });
  view.dispatch({ effects: light.of({ first, last }) });
  clearTimeout(timers.get(view));
  timers.set(
    view,
    setTimeout(() => view.dispatch({ effects: light.of(null) }), LIT)
  );
}
