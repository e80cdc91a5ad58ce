import { afterEach, describe, expect, it } from 'vitest';

import type { KnowledgeGraph, NodeId } from '../api/types.gen';
import { askedAt, inWorkspace, nodeAround } from './asking';
import { closeEditors, editorOf } from './sample';

afterEach(closeEditors);

const DOC = 'def turn(x):\n    y = x\n\n    return y\n';
const around = (line: number): NodeId | null =>
  line < 5 ? ('m.py:turn' as NodeId) : null;

function cursorAt(line: number, until = line) {
  const view = editorOf(DOC, []);
  const { doc } = view.state;
  view.dispatch({
    selection:
      until === line
        ? { anchor: doc.line(line).from }
        : { anchor: doc.line(line).from, head: doc.line(until).to }
  });
  return view;
}

describe('what is asked about in an editor', () => {
  it('is the selected lines, with what stands around them', () => {
    expect(askedAt(cursorAt(2, 4), [], around)).toEqual({
      about: 'm.py:turn',
      selection: '    y = x\n\n    return y'
    });
  });

  it('is the tag on the line where nothing is selected', () => {
    const tags = [
      { kind: 'todo', target: 'why' },
      { kind: 'learn', target: 'attention.rope' }
    ] as const;
    expect(askedAt(cursorAt(2), tags, around)).toEqual({
      about: 'concept:attention.rope'
    });
    const todo = askedAt(cursorAt(2), tags.slice(0, 1), around);
    expect(todo?.selection, 'a wish for an explanation is no concept').toBe(
      '    y = x'
    );
  });

  it('is the line otherwise, and nothing on an empty one', () => {
    expect(askedAt(cursorAt(2), [], () => null)).toEqual({
      selection: '    y = x'
    });
    expect(askedAt(cursorAt(3), [], around)).toBeNull();
  });

  it('keeps a selection that was made backwards', () => {
    const view = editorOf(DOC, []);
    view.dispatch({ selection: { anchor: 12, head: 4 } });
    expect(askedAt(view, [], around)?.selection).toBe('turn(x):');
  });
});

describe('what stands around a line', () => {
  const node = (id: string, type: string, line: number, end: number) => ({
    data: { id, type, file_path: 'a/m.py', cell: null, line, end_line: end }
  });
  const graph = {
    elements: {
      nodes: [
        node('a/m.py', 'file', 1, 99),
        node('a/m.py:C', 'class', 3, 20),
        node('a/m.py:C.f', 'function', 5, 9)
      ]
    }
  } as unknown as KnowledgeGraph;
  const place = { filePath: 'a/m.py', cell: null };

  it.each([
    [1, null],
    [3, 'a/m.py:C'],
    [5, 'a/m.py:C.f'],
    [9, 'a/m.py:C.f'],
    [10, 'a/m.py:C'],
    [21, null]
  ])('line %i: %s', (line, id) => {
    expect(nodeAround(graph, place, line)).toBe(id);
  });

  it('is nothing in another file or a cell', () => {
    expect(nodeAround(graph, { ...place, filePath: 'm.py' }, 5)).toBeNull();
    expect(nodeAround(graph, { ...place, cell: 'c1' }, 5)).toBeNull();
  });
});

describe('a path inside the workspace', () => {
  it.each([
    ['w/a/m.py', 'w', 'a/m.py'],
    ['a/m.py', '', 'a/m.py'],
    ['other/m.py', 'w', null],
    ['wide/m.py', 'w', null]
  ])('%s below %s: %s', (path, prefix, inside) => {
    expect(inWorkspace(path, prefix)).toBe(inside);
  });
});
