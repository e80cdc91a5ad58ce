/** Editors for the tests of this folder. */
import { python } from '@codemirror/lang-python';
import { ensureSyntaxTree, forceParsing } from '@codemirror/language';
import { EditorState, type Extension, type Text } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

import { candidates } from './candidates';

const views: EditorView[] = [];

/** An editor with Python, in the page; parsed to its end. */
export function editorOf(
  doc: string,
  extensions: Extension,
  language: Extension = python()
): EditorView {
  const view = new EditorView({
    parent: document.body,
    state: EditorState.create({
      doc,
      extensions: [language, candidates, extensions]
    })
  });
  forceParsing(view, view.state.doc.length, 5000);
  views.push(view);
  return view;
}

/** A state without an editor, parsed to its end. */
export function parsedState(doc: string | Text, extensions: Extension) {
  const state = EditorState.create({
    doc,
    extensions: [python(), candidates, extensions]
  });
  ensureSyntaxTree(state, state.doc.length, 5000);
  return state.update({}).state; // a state keeps the tree it was made with
}

export function closeEditors(): void {
  views.splice(0).forEach(view => view.destroy());
}

/** The text that a reader sees, line by line. */
export function seen(view: EditorView): string[] {
  return [...view.contentDOM.querySelectorAll('.cm-line')].map(
    node => node.textContent ?? ''
  );
}

/** `glyph` and count of each marker, and the line that it stands beside. */
export function markersOf(view: EditorView): string[] {
  return [
    ...view.dom.querySelectorAll<HTMLElement>('.jp-NanochatLearn-marker')
  ].map(node => node.textContent ?? '');
}
