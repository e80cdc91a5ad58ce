import { describe, expect, it } from 'vitest';

import { blocksOf, withoutOpenEnd } from './blocks';

const TEXT = [
  'First line',
  'of a paragraph.',
  '',
  '```python',
  'a = 1',
  '',
  '~~~ not the end',
  'b = 2',
  '```',
  '',
  '$$',
  'x',
  '',
  'y',
  '$$',
  '',
  'Last.'
].join('\n');

describe('blocks', () => {
  it('end at blank lines, but not inside code or formulas', () => {
    expect(blocksOf(TEXT)).toEqual([
      'First line\nof a paragraph.',
      '```python\na = 1\n\n~~~ not the end\nb = 2\n```',
      '$$\nx\n\ny\n$$',
      'Last.'
    ]);
  });

  it('that are finished never change, however the text is cut', () => {
    let before: string[] = [];
    for (let end = 1; end <= TEXT.length; end++) {
      const now = blocksOf(TEXT.slice(0, end));
      const finished = before.slice(0, -1);
      expect(now.slice(0, finished.length)).toEqual(finished);
      before = now;
    }
  });
});

describe('the open end', () => {
  it.each([
    ['See [[nanochat/gpt.py:GP', 'See '],
    ['See [[a]', 'See '],
    ['See [[a]]', 'See [[a]]'],
    ['See [the page](http://exa', 'See '],
    ['A list [1, 2]', 'A list [1, 2]'],
    ['x[0', 'x[0']
  ])('%s', (text, left) => {
    expect(withoutOpenEnd(text)).toBe(left);
  });
});
