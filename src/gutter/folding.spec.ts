import { forceParsing } from '@codemirror/language';
import {
  EditorSelection,
  EditorState,
  type TransactionSpec
} from '@codemirror/state';
import {
  type EditorView,
  lineNumbers,
  runScopeHandlers
} from '@codemirror/view';
import { nullTranslator } from '@jupyterlab/translation';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { Field } from '../state/field';
import { tagFolding } from './fold-keys';
import { folds, initialFolds, recheck, setFocus, shownOn } from './folding';
import { tagGutter } from './markers';
import { closeEditors, editorOf, markersOf, parsedState, seen } from './sample';

const trans = nullTranslator.load('nanochat_learn');

// jsdom lays nothing out: every line is one row.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;

afterEach(() => {
  closeEditors();
  vi.useRealTimers();
});

function folding(doc: string, on = true) {
  const setting = new Field(on);
  const view = editorOf(doc, [
    lineNumbers(),
    tagGutter({ choose: () => undefined, hover: () => undefined }),
    tagFolding(setting, trans)
  ]);
  // As after the parser's last report.
  view.dispatch({
    effects: recheck.of({ from: 0, to: view.state.doc.length })
  });
  return { view, setting };
}

/** As after the parser's last report. */
function foldAll(state: EditorState): EditorState {
  return state.update({
    effects: recheck.of({ from: 0, to: state.doc.length })
  }).state;
}

function cursor(view: EditorView, line: number, spec: TransactionSpec = {}) {
  const anchor = view.state.doc.line(line).from;
  view.dispatch({ ...spec, selection: { anchor } });
}

function type(view: EditorView, place: number, insert: string) {
  view.dispatch({
    changes: { from: place, insert },
    selection: { anchor: place + insert.length },
    userEvent: 'input.type'
  });
}

function numbers(view: EditorView): string[] {
  return [...view.dom.querySelectorAll('.cm-lineNumbers .cm-gutterElement')]
    .map(node => node.textContent ?? '')
    .slice(1);
}

function marksOf(state: EditorState): string[] {
  const marks: string[] = [];
  state.field(folds).marks.between(0, state.doc.length, (from, to) => {
    marks.push(`${from}-${to}`);
  });
  return marks;
}

const CODE = [
  'import torch', // 1
  '# @learn:a', // 2
  '# @viz:b', // 3
  'def f():', // 4
  '    # plain', // 5
  '    x = 1  # @learn:c', // 6
  '    # @learn:d', // 7
  '    # @def:d', // 8
  '    # A table of numbers', // 9
  '    # with a shape', // 10
  '    # and no more.', // 11
  '    return x', // 12
  '' // 13
].join('\n');

const FOLDED = [
  'import torch',
  'def f():',
  '    # plain',
  '    x = 1  # @learn:c',
  '    # A table of numbers⋯',
  '    return x',
  ''
];

describe('folded tag lines', () => {
  it('leave the code, the true line numbers, and the first line of a definition', () => {
    const { view } = folding(CODE);
    expect(seen(view)).toEqual(FOLDED);
    expect(numbers(view)).toEqual(['1', '4', '5', '6', '9', '12', '13']);
  });

  it('leave their markers to the line that they cover', () => {
    const { view } = folding(CODE);
    expect(markersOf(view)).toEqual(['◆2', '◆', '✚', '◆']);
    const names = (line: number): string[] => {
      const { from, to } = view.state.doc.line(line);
      return shownOn(view.state, from, to).map(({ tag }) =>
        tag.kind === 'malformed' ? tag.intent : `${tag.kind}:${tag.target}`
      );
    };
    expect(names(4)).toEqual(['learn:a', 'viz:b']);
    expect(names(6)).toEqual(['learn:c']);
    expect(names(9)).toEqual(['def:d']);
    expect(names(12)).toEqual(['learn:d']);
    expect(names(1)).toEqual([]);
  });

  it('follow the setting, both ways', () => {
    const { view, setting } = folding(CODE, false);
    expect(seen(view)).toEqual(CODE.split('\n'));
    setting.set(true);
    expect(seen(view)).toEqual(FOLDED);
    setting.set(false);
    expect(seen(view)).toEqual(CODE.split('\n'));
    expect(markersOf(view)).toEqual(['◆', '▣', '◆', '◆', '✚']);
  });

  it('open as a whole under the cursor, and close behind it', () => {
    const { view } = folding(CODE);
    cursor(view, 3);
    expect(seen(view).slice(0, 4)).toEqual(CODE.split('\n').slice(0, 4));
    cursor(view, 9);
    expect(seen(view)).toContain('    # @learn:d');
    expect(seen(view)).toContain('    # and no more.');
    expect(seen(view)).not.toContain('# @viz:b');
    cursor(view, 1);
    expect(seen(view)).toEqual(FOLDED);
  });

  it('close when the editor loses the focus', () => {
    const { view } = folding(CODE);
    cursor(view, 3);
    view.dispatch({ effects: setFocus.of(false) });
    expect(seen(view)).toEqual(FOLDED);
    view.dispatch({ effects: setFocus.of(true) });
    expect(seen(view)).toContain('# @viz:b');
  });

  it('never close while somebody types, and close when the cursor leaves', () => {
    vi.useFakeTimers();
    const { view } = folding('x = 1\ny = 2\nz = 3\n');
    let place = view.state.doc.line(2).from;
    for (const letter of '# @learn:a\n') {
      type(view, place++, letter);
      vi.advanceTimersByTime(1000);
      expect(seen(view)).toHaveLength(view.state.doc.lines);
    }
    type(view, place, 'y');
    vi.advanceTimersByTime(1000);
    expect(seen(view)).toContain('# @learn:a');
    cursor(view, 4);
    expect(seen(view)).toEqual(['x = 1', 'yy = 2', 'z = 3', '']);
  });

  it('open when they are turned into text from far above', () => {
    vi.useFakeTimers();
    const { view } = folding(CODE);
    view.dispatch({
      changes: { from: 0, insert: '"""\n' },
      userEvent: 'input.type'
    });
    vi.advanceTimersByTime(1000);
    expect(seen(view)).toContain('# @viz:b');
    view.dispatch({ changes: { from: 0, to: 4 }, userEvent: 'delete' });
    vi.advanceTimersByTime(1000);
    expect(seen(view)).toEqual(FOLDED);
  });

  it('fold text that was put in by no hand, as when a file is loaded', () => {
    vi.useFakeTimers();
    const { view } = folding('');
    view.dispatch({ changes: { from: 0, insert: CODE } });
    vi.advanceTimersByTime(1000);
    expect(seen(view)).toEqual(FOLDED);
  });

  it('after random edits are those of a fresh editor', () => {
    vi.useFakeTimers();
    let seed = 11;
    const next = (below: number): number => {
      seed = (seed * 1664525 + 1013904223) % 2 ** 32;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const pieces = ['\n', '#', '# @learn:a.b\n', '# @def:c\n# t\n', '"""', 'x'];
    const { view } = folding(CODE);
    for (let n = 0; n < 40; n++) {
      const from = next(view.state.doc.length + 1);
      const to = Math.min(view.state.doc.length, from + next(9));
      const insert = pieces[next(pieces.length)] ?? '';
      view.dispatch({ changes: { from, to, insert } });
      vi.advanceTimersByTime(1000);
      forceParsing(view, view.state.doc.length, 5000);
      vi.advanceTimersByTime(1000);
      const fresh = foldAll(
        parsedState(
          view.state.doc,
          initialFolds(() => true, String)
        )
      );
      expect(marksOf(view.state)).toEqual(marksOf(fresh));
    }
  });

  it('stay open where a tag is mistyped, and at the end of the text', () => {
    const { view } = folding('# @lern:a\nx = 1\n# @learn:a');
    expect(seen(view)).toEqual(['# @lern:a', 'x = 1', '# @learn:a']);
    expect(markersOf(view)).toEqual(['⚠', '◆']);
  });

  it('are copied as they stand in the text', () => {
    const { view } = folding(CODE);
    const selection = EditorSelection.range(0, view.state.doc.line(5).to);
    view.dispatch({ selection });
    const { main } = view.state.selection;
    expect(view.state.sliceDoc(main.from, main.to)).toContain('# @viz:b');
  });

  it('open when the arrow keys reach them', () => {
    const { view } = folding(CODE);
    const press = (key: string, keyCode: number): boolean =>
      runScopeHandlers(
        view,
        new KeyboardEvent('keydown', { key, keyCode }),
        'editor'
      );
    cursor(view, 4);
    expect(seen(view)).not.toContain('# @viz:b');
    expect(press('ArrowUp', 38)).toBe(true);
    expect(seen(view)).toContain('# @viz:b');
    const line = (): number =>
      view.state.doc.lineAt(view.state.selection.main.head).number;
    expect(line()).toBe(3);
    cursor(view, 1);
    expect(press('ArrowDown', 40)).toBe(true);
    expect(line()).toBe(2);
    cursor(view, 5);
    expect(press('ArrowDown', 40)).toBe(false);
  });

  it('cost nothing where there are no tags', () => {
    const { view } = folding('x = 1\n'.repeat(20));
    const { marks } = view.state.field(folds);
    cursor(view, 3);
    type(view, 0, 'y');
    expect(view.state.field(folds).marks).toBe(marks);
  });

  it('do nothing in an editor without the field', () => {
    const state = EditorState.create({ doc: 'x' });
    expect(shownOn(state, 0, 1)).toEqual([]);
  });
});
