/** All Python editors there are, and the chips that each shows. */
import { language } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import {
  type EditorView,
  type PluginValue,
  ViewPlugin,
  type ViewUpdate
} from '@codemirror/view';

import type { OpenDocuments } from '../state/documents';
import type { IField } from '../tokens';
import type { NewestLines } from '../api/types.gen';
import { setShapes, shapes } from './chips';
import { place, sourceOf } from './placing';

/** Milliseconds until an editor that was made is where it belongs. */
const SETTLED = 50;

export class ShapeEditors {
  constructor(
    private readonly _documents: Pick<OpenDocuments, 'source'>,
    private readonly _newest: IField<NewestLines>,
    private readonly _on: IField<boolean>
  ) {
    const all = (): void => this._views.forEach(view => this._place(view));
    _newest.changed.connect(all);
    _on.changed.connect(all);
  }

  readonly extension: Extension = ViewPlugin.define(
    view => new Follower(view, this)
  );

  follow(view: EditorView): void {
    this._views.add(view);
    this._settle(view);
  }

  leave(view: EditorView): void {
    this._views.delete(view);
  }

  /** Another text altogether, or another language. */
  changed(view: EditorView): void {
    this._settle(view);
  }

  private _settle(view: EditorView): void {
    setTimeout(() => {
      if (this._views.has(view)) {
        this._place(view);
      }
    }, SETTLED);
  }

  private _place(view: EditorView): void {
    const { state } = view;
    const isPython = state.facet(language)?.name === 'python';
    const newest = this._newest.value;
    const source =
      isPython && this._on.value && newest.lines !== null
        ? this._documents.source(view)
        : null;
    const found =
      source && sourceOf(newest, source, () => state.doc.toString());
    const placed = found ? place(state.doc, found.lines) : [];
    if (placed.length > 0 || state.field(shapes).size > 0) {
      view.dispatch({ effects: setShapes.of(placed) });
    }
  }

  private readonly _views = new Set<EditorView>();
}

class Follower implements PluginValue {
  constructor(
    private readonly _view: EditorView,
    private readonly _editors: ShapeEditors
  ) {
    _editors.follow(_view);
  }

  update({ docChanged, changes, startState, state }: ViewUpdate): void {
    let anew = startState.facet(language) !== state.facet(language);
    if (docChanged) {
      const before = startState.doc.length;
      changes.iterChangedRanges((from, to) => {
        anew ||= from === 0 && to === before; // opened, reverted, formatted
      });
    }
    if (anew) {
      this._editors.changed(this._view);
    }
  }

  destroy(): void {
    this._editors.leave(this._view);
  }
}
