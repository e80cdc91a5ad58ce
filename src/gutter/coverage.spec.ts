import type { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';

import { tagsBetween } from './candidates';
import { allTagsCovering, coveredBy, tagsCovering } from './coverage';
import { parsedState } from './sample';
import type { IPlacedTag } from './tags';

const parsed = (doc: string): EditorState => parsedState(doc, []);

function name({ tag }: IPlacedTag): string {
  return tag.kind === 'malformed' ? tag.intent : tag.target;
}

/** `tag first-last` in 1-based lines. */
function covered(doc: string): string[] {
  const state = parsed(doc);
  return tagsBetween(state, 0, doc.length).map(tag => {
    const span = coveredBy(state, tag);
    const line = (place: number): number => state.doc.lineAt(place).number;
    return span === null
      ? `${name(tag)} nothing`
      : `${name(tag)} ${line(span.from)}-${line(span.to)}`;
  });
}

describe('a tag covers', () => {
  it.each<[string, string, string[]]>([
    ['the next statement', '# @learn:a\nx = 1\ny = 2\n', ['a 2-2']],
    [
      'a whole definition, several tags alike',
      '# @learn:a\n# @viz:b\ndef f():\n    x\n\n    return x\n\ny = 1\n',
      ['a 3-6', 'b 3-6']
    ],
    [
      'a definition with its decorators',
      '# @learn:a\n@one\n@two\nclass A:\n    x = 1\n',
      ['a 2-5']
    ],
    [
      'the definition, from between decorators',
      '@one\n# @learn:a\ndef f():\n    x\n',
      ['a 1-4']
    ],
    [
      'a call over several lines',
      '# @learn:a\nz = f(\n    1,\n    2,\n)\n',
      ['a 2-5']
    ],
    [
      'a whole loop',
      'def f():\n    # @learn:a\n    for x in y:\n        x\n        y\n    return 1\n',
      ['a 3-5']
    ],
    [
      'the statement it stands inside of',
      'x = f(\n    # @learn:a\n    1,\n)\n',
      ['a 1-4']
    ],
    ['the line it trails', 'x = 1  # @learn:a\ny = 2\n', ['a 1-1']],
    ['a definition it trails', 'def f():  # @learn:a\n    x\n', ['a 1-2']],
    [
      'a call in whose middle it trails',
      'x = f(\n    1,  # @learn:a\n)\n',
      ['a 1-3']
    ],
    [
      'what comes after the block it ends',
      'def f():\n    x\n    # @learn:a\n\ndef g():\n    y\n',
      ['a 5-6']
    ],
    [
      'the first statement of a branch',
      'if a:\n    x\n# @learn:q\nelse:\n    y\n    z\n',
      ['q 5-5']
    ],
    ['what stands below other comments', '# @learn:a\n# b\n\nx = 1', ['a 4-4']],
    ['nothing at the end of a file', 'x = 1\n# @learn:a\n', ['a nothing']]
  ])('%s', (_, doc, expected) => {
    expect(covered(doc)).toEqual(expected);
  });
});

describe('the tags of a place', () => {
  const DOC = [
    '# @learn:block', // 1
    'class A:', // 2
    '    # @learn:fn', // 3
    '    def f(self):', // 4
    '        a = 1', // 5
    '        # @learn:call', // 6
    '        # @viz:pic', // 7
    '        b = f(', // 8
    '            a,', // 9
    '        )', // 10
    '        return b', // 11
    '', // 12
    'c = 1' // 13
  ].join('\n');

  it.each<[number, string[]]>([
    [2, ['block']],
    [4, ['fn']],
    [5, ['fn']],
    [8, ['call', 'pic']],
    [9, ['call', 'pic']],
    [10, ['call', 'pic']],
    [11, ['fn']],
    [13, []]
  ])('on line %i are those of the innermost statement', (line, expected) => {
    const state = parsed(DOC);
    for (const place of [state.doc.line(line).from, state.doc.line(line).to]) {
      expect(tagsCovering(state, place).map(name)).toEqual(expected);
    }
  });

  it('are, all of them, those of every statement around', () => {
    const state = parsed(DOC);
    const place = state.doc.line(9).from;
    expect(allTagsCovering(state, place).map(name)).toEqual([
      'call',
      'pic',
      'fn',
      'block'
    ]);
  });
});
