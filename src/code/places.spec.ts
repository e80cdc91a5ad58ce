import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { CodeNode, NodeId, Status } from '../api/types.gen';
import { flash } from './flash';
import { clampLines, jupyterPath, kindOf, nameOf, placeOf } from './places';

function status(prefix: string | null): Status {
  return {
    version: '1',
    workspace: prefix === null ? null : { prefix, name: 'w', writable: true },
    index: null,
    indexing: false
  };
}

const NODE: CodeNode = {
  id: 'a.py:f' as NodeId,
  type: 'function',
  label: 'f',
  file_path: 'a.py',
  source: 'repo',
  docstring: '',
  line: 3,
  end_line: 9,
  signature: '()',
  comment: '',
  cell: null,
  todos: []
};

describe('places', () => {
  it('put the workspace in front', () => {
    expect(jupyterPath(status(''), 'nanochat/gpt.py')).toBe('nanochat/gpt.py');
    expect(jupyterPath(status('a/b'), 'gpt.py')).toBe('a/b/gpt.py');
    expect(jupyterPath(status(null), 'gpt.py')).toBeNull();
  });

  it.each([
    ['concept:attention.rope', 'concept', 'attention.rope'],
    ['viz:rope_dials', 'viz', 'rope_dials'],
    ['lesson:07_bpe', 'lesson', '07_bpe'],
    ['external:torch.nn.Linear', 'external', 'torch.nn.Linear'],
    ['nanochat/gpt.py:GPT.forward', 'code', 'nanochat/gpt.py:GPT.forward'],
    ['concept/gpt.py', 'code', 'concept/gpt.py']
  ])('know %s by its id', (id, kind, name) => {
    expect(kindOf(id as NodeId)).toBe(kind);
    expect(nameOf(id as NodeId)).toBe(name);
  });

  it('light a function whole, and only the head of a class or file', () => {
    expect(placeOf(NODE)).toMatchObject({ line: 3, endLine: 9 });
    expect(placeOf({ ...NODE, type: 'class' })).toMatchObject({ endLine: 3 });
  });

  it.each([
    [3, 5, 10, [3, 5]],
    [0, 0, 10, [1, 1]],
    [12, 20, 10, [10, 10]],
    [5, 2, 10, [5, 5]],
    [1, 99, 1, [1, 1]]
  ])('clamp %i to %i in %i lines', (line, end, count, expected) => {
    expect(clampLines(line, end, count)).toEqual(expected);
  });
});

describe('flash', () => {
  afterEach(() => vi.useRealTimers());

  it('lights the lines, sets the cursor, and goes out by itself', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const view = new EditorView({
      parent: document.body,
      state: EditorState.create({ doc: 'a\nb\nc\nd' })
    });
    const lit = (): string[] =>
      [...view.dom.querySelectorAll('.jp-NanochatLearn-flash')].map(
        node => node.textContent ?? ''
      );
    flash(view, 2, 3);
    expect(lit()).toEqual(['b', 'c']);
    expect(view.state.selection.main.head).toBe(2);
    vi.advanceTimersByTime(1500);
    flash(view, 4, 4);
    vi.advanceTimersByTime(1500);
    expect(lit()).toEqual(['d']);
    vi.advanceTimersByTime(600);
    expect(lit()).toEqual([]);
    view.destroy();
  });
});
