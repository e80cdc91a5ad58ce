/**
 * What the learner points at in code: a marker or tag under the pointer, else the
 * statement that the cursor rests in. Tells the session; draws nothing.
 */
import { type Extension } from '@codemirror/state';
import {
  EditorView,
  type PluginValue,
  ViewPlugin,
  type ViewUpdate
} from '@codemirror/view';

import type { NodeId } from '../api/types.gen';
import type { IField, IPointing } from '../tokens';
import { mayHaveTags } from './candidates';
import { tagsCovering } from './coverage';
import { nodeIdOf } from './explaining';
import { tagAround } from './tooltip';
import type { Tag } from './tags';

/** Milliseconds the cursor rests before it points: walking through code is no pointing. */
const REST = 150;

/** One for all editors: there is one pointer and one cursor. */
export class CodePointing {
  constructor(private readonly _session: IField<IPointing | null>) {}

  /** The tags under the pointer; empty when it left. */
  hover(tags: readonly Tag[]): void {
    this._hovered = idsOf(tags);
    this._tell();
  }

  /** The tags of the statement around the cursor of an editor; empty when it left. */
  rest(by: object, tags: readonly Tag[]): void {
    if (tags.length === 0 && this._resting !== by) {
      return; // another editor has the cursor by now
    }
    this._resting = by;
    this._rested = idsOf(tags);
    this._tell();
  }

  private _tell(): void {
    const ids = this._hovered.length > 0 ? this._hovered : this._rested;
    const said = ids.join(' ');
    const mine = this._session.value?.by === 'code';
    if (said === this._said && (mine || said === '')) {
      return;
    }
    this._said = said;
    if (ids.length > 0) {
      this._session.set({ ids, by: 'code' });
    } else if (mine) {
      this._session.set(null);
    }
  }

  private _hovered: readonly NodeId[] = [];
  private _rested: readonly NodeId[] = [];
  private _resting: object | null = null;
  private _said = '';
}

function idsOf(tags: readonly Tag[]): NodeId[] {
  const ids = tags.map(nodeIdOf).filter(id => id !== null);
  return [...new Set(ids)];
}

/** Cursor and pointer of an editor, told to `pointing`. */
export function tagPointing(pointing: CodePointing): Extension {
  const over = (event: MouseEvent, view: EditorView): void => {
    const text = (event.target as HTMLElement).closest?.(
      '.jp-NanochatLearn-tagText'
    );
    const placed =
      text == null ? null : tagAround(view, view.posAtDOM(text) + 1);
    pointing.hover(placed === null ? [] : [placed.tag]);
  };
  return [
    ViewPlugin.define(view => new Cursor(view, pointing)),
    EditorView.domEventHandlers({
      mouseover: (event, view) => {
        if (mayHaveTags(view.state)) {
          over(event, view);
        }
      },
      mouseleave: () => pointing.hover([])
    })
  ];
}

class Cursor implements PluginValue {
  constructor(
    private readonly _view: EditorView,
    private readonly _pointing: CodePointing
  ) {}

  update(update: ViewUpdate): void {
    if (!update.focusChanged && !mayHaveTags(update.state)) {
      return;
    }
    if (update.focusChanged || update.selectionSet || update.docChanged) {
      clearTimeout(this._timer);
      this._timer = setTimeout(() => this._look(), REST);
    }
  }

  destroy(): void {
    clearTimeout(this._timer);
    this._pointing.rest(this, []);
  }

  private _look(): void {
    const { state, hasFocus } = this._view;
    const placed =
      hasFocus && mayHaveTags(state)
        ? tagsCovering(state, state.selection.main.head)
        : [];
    this._pointing.rest(
      this,
      placed.map(({ tag }) => tag)
    );
  }

  private _timer: ReturnType<typeof setTimeout> | undefined;
}
