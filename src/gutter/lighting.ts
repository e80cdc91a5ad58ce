/**
 * Lines lit because somebody elsewhere points at what they are about: at a concept that
 * a tag names, or at the code itself. A tint on the lines in view and a ring around
 * the marker; nothing moves, nothing scrolls.
 */
import { syntaxTree } from '@codemirror/language';
import { type Extension, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  type PluginValue,
  ViewPlugin,
  type ViewUpdate
} from '@codemirror/view';

import type { NodeId } from '../api/types.gen';
import type { IField, IPointing } from '../tokens';
import { mayHaveTags, tagsBetween } from './candidates';
import { allTagsCovering, coveredBy } from './coverage';
import { nodeIdOf } from './explaining';
import type { IPlacedTag, Tag } from './tags';

/** 1-based lines of this editor. */
export interface ILineSpan {
  readonly first: number;
  readonly last: number;
}

interface ILit {
  readonly ids: readonly NodeId[];
  /** The lines of code nodes, where the editor shows their file or cell. */
  readonly spans: readonly ILineSpan[];
}

const DARK: ILit = { ids: [], spans: [] };
const LINE = Decoration.line({ class: 'jp-NanochatLearn-pointedAt' });

const setLit = StateEffect.define<ILit>();

const lit = StateField.define<ILit>({
  create: () => DARK,
  update(value, { effects }) {
    return effects.reduce(
      (next, effect) => (effect.is(setLit) ? effect.value : next),
      value
    );
  }
});

/** Whether somebody points at one of these tags. */
export function isLit(
  state: EditorView['state'],
  tags: readonly Tag[]
): boolean {
  const ids = state.field(lit, false)?.ids ?? [];
  return ids.length > 0 && tags.some(tag => names(tag, ids));
}

function names(tag: Tag, ids: readonly NodeId[]): boolean {
  const id = nodeIdOf(tag);
  return id !== null && ids.includes(id);
}

/** Lights as an extension; `spansOf` finds code nodes in the document of an editor. */
export function tagLights(
  pointing: IField<IPointing | null>,
  spansOf: (view: EditorView, ids: readonly NodeId[]) => readonly ILineSpan[]
): Extension {
  return [
    lit,
    ViewPlugin.define(view => new Lights(view, pointing, spansOf), {
      decorations: lights => lights.marks
    })
  ];
}

class Lights implements PluginValue {
  constructor(
    private readonly _view: EditorView,
    private readonly _pointing: IField<IPointing | null>,
    private readonly _spansOf: (
      view: EditorView,
      ids: readonly NodeId[]
    ) => readonly ILineSpan[]
  ) {
    _pointing.changed.connect(this._hear, this);
  }

  marks: DecorationSet = Decoration.none;

  update(update: ViewUpdate): void {
    const { startState, state, view } = update;
    const value = state.field(lit);
    if (value !== startState.field(lit)) {
      this.marks = linesInView(view, value);
    } else if (
      value !== DARK &&
      (update.docChanged ||
        update.viewportChanged ||
        syntaxTree(startState) !== syntaxTree(state))
    ) {
      this.marks = linesInView(view, value);
    }
  }

  destroy(): void {
    this._pointing.changed.disconnect(this._hear, this);
  }

  private _hear(_: unknown, pointing: IPointing | null): void {
    const now = this._view.state.field(lit);
    const next = this._meant(pointing);
    // An editor that neither was lit nor is to be lit is left alone.
    if (now !== next) {
      this._view.dispatch({ effects: setLit.of(next) });
    }
  }

  private _meant(pointing: IPointing | null): ILit {
    if (pointing === null || pointing.by === 'code') {
      return DARK;
    }
    const spans = this._spansOf(this._view, pointing.ids);
    return spans.length > 0 || mayHaveTags(this._view.state)
      ? { ids: pointing.ids, spans }
      : DARK;
  }
}

function linesInView(view: EditorView, { ids, spans }: ILit): DecorationSet {
  if (ids.length === 0) {
    return Decoration.none;
  }
  const { doc } = view.state;
  const lines = new Set<number>();
  const add = (first: number, last: number): void => {
    for (const range of view.visibleRanges) {
      const from = Math.max(first, doc.lineAt(range.from).number);
      const to = Math.min(last, doc.lineAt(range.to).number);
      for (let line = from; line <= to; line++) {
        lines.add(doc.line(line).from);
      }
    }
  };
  for (const { first, last } of spans) {
    add(first, last);
  }
  for (const placed of tagsInView(view)) {
    if (names(placed.tag, ids)) {
      // From the tag to the end of its code, with what stands in between.
      const own = doc.lineAt(placed.from).number;
      const { from, to } = coveredBy(view.state, placed) ?? placed;
      add(
        Math.min(own, doc.lineAt(from).number),
        Math.max(own, doc.lineAt(to).number)
      );
    }
  }
  return Decoration.set(
    [...lines].map(from => LINE.range(from)),
    true
  );
}

/** The tags in view, and those further up whose code reaches into view. */
function tagsInView(view: EditorView): IPlacedTag[] {
  const { state, visibleRanges } = view;
  return visibleRanges.flatMap(({ from, to }) => [
    ...allTagsCovering(state, from),
    ...tagsBetween(state, from, to)
  ]);
}
