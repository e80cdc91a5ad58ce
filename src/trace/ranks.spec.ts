import { describe, expect, it } from 'vitest';

import { lensesOf, ranksAt, tokenText } from './ranks';
import { manifest, step } from './sample';
import { tensorOf } from './tensor';

const shares = tensorOf({
  dtype: 'F32',
  shape: [1, 2, 2],
  computed: false,
  data: Float32Array.from([0.5, 0.25, 0.75, 0.125]).buffer
});
const ids = tensorOf({
  dtype: 'I32',
  shape: [1, 2, 2],
  computed: false,
  data: Int32Array.from([7, 300, 2, 9]).buffer
});

describe('ranks', () => {
  it('are those of one position, best first', () => {
    expect(ranksAt(shares, ids, 0, 1)).toEqual([
      { id: 2, share: 0.75 },
      { id: 9, share: 0.125 }
    ]);
    expect(ranksAt(shares, ids, 0, 0)[1]).toEqual({ id: 300, share: 0.25 });
  });

  it('are none outside the step', () => {
    for (const [row, place] of [
      [0, 2],
      [0, -1],
      [1, 0]
    ]) {
      expect(ranksAt(shares, ids, row, place)).toEqual([]);
    }
    expect(ranksAt(shares, { ...ids, shape: [1, 1, 4] }, 0, 0)).toEqual([]);
  });

  it('stand in the order of the layers, the table of tokens first', () => {
    const shape = [1, 1, 10];
    const lenses = ['blocks.10.lens', 'embed.lens', 'blocks.2.lens'];
    const names = [
      ...lenses.flatMap(name => [name, `${name}.index`]),
      'logits',
      'camera.lens' // a module of somebody else's model
    ];
    const one = step(
      0,
      0,
      ['a'],
      Object.fromEntries(names.map(name => [name, shape]))
    );
    expect(lensesOf(one)).toEqual([
      'embed.lens',
      'blocks.2.lens',
      'blocks.10.lens'
    ]);
  });

  it('are told in the words of the trace, else by number', () => {
    const about = manifest({ vocabulary: ['a', ' cat', '\n', ''] });
    expect([0, 1, 2, 3, 4].map(id => tokenText(about, id))).toEqual([
      'a',
      '␣cat',
      '⏎',
      '∅',
      '#4'
    ]);
  });
});
