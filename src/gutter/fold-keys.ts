/**
 * What makes an editor fold: it follows the setting and the focus, asks for the
 * comparison with the syntax tree after edits, and lets the arrow keys walk into
 * folded lines, which open under the cursor.
 */
import { syntaxTree } from '@codemirror/language';
import { EditorSelection, type Extension, Prec } from '@codemirror/state';
import {
  EditorView,
  keymap,
  type PluginValue,
  ViewPlugin,
  type ViewUpdate
} from '@codemirror/view';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { IField } from '../tokens';
import { mayHaveTags } from './candidates';
import {
  folds,
  initialFolds,
  isHidden,
  recheck,
  setFocus,
  setFolding
} from './folding';

/** Milliseconds without an edit before the folds are compared with the syntax tree. */
const PAUSE = 300;

/** Folding as an extension; `setting` is shared by all editors. */
export function tagFolding(
  setting: IField<boolean>,
  trans: TranslationBundle
): Extension {
  return [
    initialFolds(
      () => setting.value,
      lines =>
        trans._n(
          '%1 more line: click to show it',
          '%1 more lines: click to show them',
          lines
        )
    ),
    ViewPlugin.define(view => new Follower(view, setting)),
    // Leaving for another window is no leaving.
    EditorView.focusChangeEffect.of((_, focusing) =>
      focusing || document.hasFocus() ? setFocus.of(focusing) : null
    ),
    Prec.high(
      keymap.of([
        {
          key: 'ArrowUp',
          run: view => stepInto(view, -1, false),
          shift: view => stepInto(view, -1, true)
        },
        {
          key: 'ArrowDown',
          run: view => stepInto(view, 1, false),
          shift: view => stepInto(view, 1, true)
        }
      ])
    )
  ];
}

/** Keeps the folds true: those in view after an edit, and all where the parser got on. */
class Follower implements PluginValue {
  constructor(
    private readonly _view: EditorView,
    private readonly _setting: IField<boolean>
  ) {
    _setting.changed.connect(this._turn, this);
    this._reached = syntaxTree(_view.state).length;
  }

  update(update: ViewUpdate): void {
    const { startState, state } = update;
    if (update.docChanged) {
      this._reached = update.changes.mapPos(this._reached, -1);
    }
    if (!state.field(folds).on || !mayHaveTags(state)) {
      return;
    }
    if (update.docChanged) {
      this._edited = true;
      this._ask(PAUSE);
    } else if (
      syntaxTree(startState) !== syntaxTree(state) ||
      (update.viewportChanged && this._edited)
    ) {
      this._ask(0);
    }
  }

  destroy(): void {
    clearTimeout(this._timer);
    this._setting.changed.disconnect(this._turn, this);
  }

  private _ask(pause: number): void {
    clearTimeout(this._timer);
    this._timer = setTimeout(() => this._compare(), pause);
  }

  private _compare(): void {
    const { state, viewport } = this._view;
    const effects = [recheck.of(viewport)];
    const parsed = syntaxTree(state).length;
    if (parsed > this._reached) {
      effects.push(recheck.of({ from: this._reached, to: parsed }));
      this._reached = parsed;
    }
    this._view.dispatch({ effects });
  }

  private _turn(_: unknown, on: boolean): void {
    const focus = setFocus.of(this._view.hasFocus);
    this._view.dispatch({ effects: [setFolding.of(on), focus] });
    this._reached = syntaxTree(this._view.state).length;
  }

  /** How far the text was parsed when its folds were looked for. */
  private _reached: number;
  private _edited = false;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}

/** One line up or down into folded lines, which CodeMirror itself would leap over. */
function stepInto(
  view: EditorView,
  direction: 1 | -1,
  extend: boolean
): boolean {
  const { doc, selection } = view.state;
  const { main } = selection;
  const line = doc.lineAt(main.head);
  const number = line.number + direction;
  if ((!extend && !main.empty) || number < 1 || number > doc.lines) {
    return false;
  }
  const next = doc.line(number);
  if (!isHidden(view.state, next) || inMiddleOfWrap(view, direction)) {
    return false;
  }
  const head = next.from + Math.min(main.head - line.from, next.length);
  view.dispatch({
    selection: extend
      ? EditorSelection.range(main.anchor, head)
      : EditorSelection.cursor(head),
    scrollIntoView: true,
    userEvent: 'select'
  });
  return true;
}

/** A long line shows as several rows; only the outer one borders on its neighbour. */
function inMiddleOfWrap(view: EditorView, direction: 1 | -1): boolean {
  const { head } = view.state.selection.main;
  const line = view.state.doc.lineAt(head);
  const here = view.coordsAtPos(head);
  const edge = view.coordsAtPos(direction < 0 ? line.from : line.to);
  return here !== null && edge !== null && Math.abs(here.top - edge.top) > 2;
}
