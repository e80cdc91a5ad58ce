/**
 * The tag's own text as a link: underlined, Ctrl/Cmd-click opens it, and so does
 * Enter while the cursor stands inside it.
 *
 * Inside means strictly between `@` and the end: at the end of the line Enter breaks
 * the line as always, Mod-Enter and Shift-Enter keep running cells, and an open
 * completion list keeps its Enter.
 */
import { syntaxTree } from '@codemirror/language';
import { type Extension, Prec, RangeSetBuilder } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  keymap,
  type PluginValue,
  ViewPlugin,
  type ViewUpdate
} from '@codemirror/view';

import { tagsBetween } from './candidates';
import type { Tag } from './tags';
import { tagAround } from './tooltip';

const COMPLETING = 'jp-mod-completer-active';
const ON_MAC = /Mac|iPhone|iPad/.test(navigator.platform);

const LINK = Decoration.mark({ class: 'jp-NanochatLearn-tagText' });
const MISTYPED = Decoration.mark({
  class: 'jp-NanochatLearn-tagText jp-mod-malformed'
});

/** Underlines for the tags in view. */
class Underlines implements PluginValue {
  constructor(view: EditorView) {
    this.marks = underline(view);
  }

  marks: DecorationSet;

  update(update: ViewUpdate): void {
    if (
      update.docChanged ||
      update.viewportChanged ||
      syntaxTree(update.startState) !== syntaxTree(update.state)
    ) {
      this.marks = underline(update.view);
    }
  }
}

function underline(view: EditorView): DecorationSet {
  const marks = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (const { at, to: end, tag } of tagsBetween(view.state, from, to)) {
      marks.add(at, end, tag.kind === 'malformed' ? MISTYPED : LINK);
    }
  }
  return marks.finish();
}

/** The tag's text as an extension. */
export function tagText(open: (tag: Tag) => void): Extension {
  return [
    ViewPlugin.fromClass(Underlines, { decorations: value => value.marks }),
    Prec.highest(
      keymap.of([{ key: 'Enter', run: view => openAtCursor(view, open) }])
    ),
    Prec.high(
      EditorView.domEventHandlers({
        mousedown: (event, view) => openAtMouse(event, view, open)
      })
    )
  ];
}

function openAtCursor(view: EditorView, open: (tag: Tag) => void): boolean {
  const { main, ranges } = view.state.selection;
  if (
    ranges.length !== 1 ||
    !main.empty ||
    view.dom.closest(`.${COMPLETING}`) !== null
  ) {
    return false;
  }
  const placed = tagAround(view, main.head);
  if (placed === null || placed.tag.kind === 'malformed') {
    return false; // a mistyped tag opens nothing: Enter breaks its line
  }
  open(placed.tag);
  return true;
}

function openAtMouse(
  event: MouseEvent,
  view: EditorView,
  open: (tag: Tag) => void
): boolean {
  const asked = ON_MAC ? event.metaKey : event.ctrlKey;
  if (!asked || event.button !== 0) {
    return false;
  }
  const place = view.posAtCoords({ x: event.clientX, y: event.clientY });
  const placed = place === null ? null : tagAround(view, place);
  if (placed === null) {
    return false;
  }
  event.preventDefault();
  open(placed.tag);
  return true;
}
