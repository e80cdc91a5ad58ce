import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';

import { record } from './sample';
import {
  chipText,
  historyText,
  numberText,
  rangeText,
  spokenText
} from './words';

const trans = nullTranslator.load('nanochat_learn');
const value = (more: object) => {
  const [made] = record(1, '', { name: 'q', ...more }).values;
  if (made === undefined) {
    throw new Error('no value');
  }
  return made;
};

describe('a chip says', () => {
  it.each<[string, Parameters<typeof record>[2][], string]>([
    [
      'name, shape, format',
      [{ name: 'q', shape: [1, 4, 12, 64] }],
      'q (1, 4, 12, 64) f32'
    ],
    [
      'those that are alike together',
      [{ name: 'q' }, { name: 'k' }, { name: 'm', shape: [7], dtype: 'bool' }],
      'q, k (1, 4) f32 · m (7,) bool'
    ],
    ['a single number', [{ name: 'loss', shape: [] }], 'loss () f32'],
    [
      'how many more there are',
      [1, 2, 3, 4, 5].map(n => ({ name: `v${n}`, shape: [n, n] })),
      'v1 (1, 1) f32 · v2 (2, 2) f32 · v3 (3, 3) f32 · +2'
    ]
  ])('%s', (_, values, text) => {
    expect(chipText(record(1, '', ...values))).toBe(text);
  });
});

it.each([
  [0, '0'],
  [-2.34567, '-2.346'],
  [12, '12'],
  [0.00001234, '1.23e-5'],
  [1234567, '1.23e+6']
])('%d is written %s', (number, text) => {
  expect(numberText(number)).toBe(text);
});

it.each([
  [{}, 'from -1 to 2.5'],
  [{ min: 3, max: 3 }, 'all are 3'],
  [{ not_finite: 2 }, 'from -1 to 2.5; 2 are NaN or infinite'],
  [
    { min: null, max: null, not_finite: 1 },
    'no numbers that can be compared; 1 is NaN or infinite'
  ],
  [{ min: null, max: null, shape: [0, 3] }, 'no numbers: one side has length 0']
])('the range of %j', (more, text) => {
  expect(rangeText(value(more), trans)).toBe(text);
});

it('tells how often a line ran, and what else it made', () => {
  const many = { ...record(1, '', { name: 'q' }), hits: 5 };
  expect(historyText(many, value({}), trans)).toBe(
    'The line ran 5 times; this is the last time.'
  );
  expect(historyText(many, value({ shapes: [[9], [1, 4]] }), trans)).toContain(
    'Before: (9,).'
  );
});

it('reads everything aloud, the warning first', () => {
  const spoken = spokenText(record(1, '', { name: 'q' }), true, trans);
  expect(spoken).toMatch(/^The line was changed after this run\./);
  expect(spoken).toContain('q: shape (1, 4), float32, from -1 to 2.5.');
});
