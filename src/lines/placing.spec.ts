import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';

import type { LineRecord, NewestLines } from '../api/types.gen';
import { fnv1a, type ILines, place, sourceOf, statementEnd } from './placing';
import { record } from './sample';

const doc = (...lines: string[]): ILines =>
  EditorState.create({ doc: lines.join('\n') }).doc;

/** `line`, `line!` where stale, of each record that is shown. */
function places(lines: string[], records: LineRecord[]): string[] {
  return place(doc(...lines), records).map(
    ({ line, record: { text }, stale }) => `${text}@${line}${stale ? '!' : ''}`
  );
}

describe('a recorded line stands', () => {
  const A = record(2, 'a = f(x)', { name: 'a' });
  const B = record(3, 'b = g(a)', { name: 'b' });

  it.each<[string, string[], string[]]>([
    [
      'where it was, whatever its indentation',
      ['def t():', '    a = f(x)', '  b = g(a)  '],
      ['a = f(x)@2', 'b = g(a)@3']
    ],
    [
      'further down, when lines came above it',
      ['#', '#', '#', 'def t():', '    a = f(x)', '    b = g(a)'],
      ['a = f(x)@5', 'b = g(a)@6']
    ],
    [
      'grey, when it has another text and still speaks of the same name',
      ['def t():', '    a = f(y)', '    b = g(a)'],
      ['a = f(x)@2!', 'b = g(a)@3']
    ],
    [
      'nowhere, when something else stands in its place',
      ['def t():', '    c = 1', '    b = g(a)'],
      ['b = g(a)@3']
    ],
    ['nowhere in an empty text', [''], []]
  ])('%s', (_, lines, expected) => {
    expect(places(lines, [B, A])).toEqual(expected);
  });

  it('once, also when its text is there many times', () => {
    const same = [2, 4, 6].map(n => record(n, 'x = f(x)', { name: 'x' }));
    const lines = ['#', '#', 'x = f(x)', '#', 'x = f(x)', '#', 'x = f(x)'];
    expect(places(lines, same)).toEqual([
      'x = f(x)@3',
      'x = f(x)@5',
      'x = f(x)@7'
    ]);
  });

  it('also when it is longer than a trace keeps', () => {
    const long = `x = ${'1 + '.repeat(100)}1`;
    const kept = record(1, long.slice(0, 200), { name: 'x' });
    expect(places([long], [kept])).toHaveLength(1);
  });
});

describe('what was recorded of a document', () => {
  const source = (cell: string | null, text: string, file_path = '') => ({
    cell,
    file_path,
    source_hash: fnv1a(text),
    functions: [],
    lines: []
  });
  const CELL = source('c1', 'x = 1');
  const EARLIER = source('c1', 'x = 0');
  const NAMELESS = source(null, 'y = 2');
  const FILE = source(null, '', 'nanochat/gpt.py');
  const newest = (prefix: string): NewestLines => ({
    prefix,
    mark: 'm',
    name: 'run' as NonNullable<NewestLines['name']>,
    lines: { sources: [EARLIER, CELL, NAMELESS, FILE] }
  });
  const find = (
    path: string,
    cell: string | null,
    text: string,
    prefix = 'course'
  ) => sourceOf(newest(prefix), { path, cell }, () => text);

  it('is that of its path', () => {
    expect(find('course/nanochat/gpt.py', null, '')).toBe(FILE);
    expect(find('nanochat/gpt.py', null, '', '')).toBe(FILE);
    expect(find('nanochat/gpt.py', null, '')).toBeNull();
    expect(find('other/nanochat/gpt.py', null, '')).toBeNull();
  });

  it('is that of its cell, the run with the same text first', () => {
    expect(find('n.ipynb', 'c1', 'x = 1\n\n')).toBe(CELL);
    expect(find('n.ipynb', 'c1', 'x = 0')).toBe(EARLIER);
    expect(find('n.ipynb', 'c1', 'x = 3')).toBe(CELL);
  });

  it('is that of the same text only where the kernel knew no cell', () => {
    expect(find('n.ipynb', 'c9', 'y = 2\n')).toBe(NAMELESS);
    expect(find('n.ipynb', 'c9', 'x = 1')).toBeNull();
  });
});

it.each([
  ['', '811c9dc5'],
  ['a', 'e40c292c'],
  ['foobar', 'bf9cf968']
])('FNV-1a of %j is the published one', (text, hash) => {
  expect(fnv1a(text)).toBe(hash);
});

it.each<[string[], number]>([
  [['x = 1'], 1],
  [['x = f(', '    1,', ')', 'y = 2'], 3],
  [['x = "("  # [', 'y = 2'], 1],
  [['x = a \\', '    + b', 'y = 2'], 2],
  [['x = f(', '    1'], 1]
])('a statement %j ends on line %i', (lines, end) => {
  expect(statementEnd(doc(...lines), 1)).toBe(end);
});
