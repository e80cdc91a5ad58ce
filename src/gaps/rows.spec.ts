import { describe, expect, it } from 'vitest';

import { groupsOf } from './report';
import { deedOf, FIRST, placeIn, rowsOf } from './rows';
import { cluster, gap, graphOf } from './sample';

const groups = groupsOf(
  graphOf(
    [cluster('one', 1), cluster('two', 2)],
    { 'concept:a': 'one', 'concept:b': 'two' },
    [],
    [gap('concept:a'), gap('concept:a', { line: 2 }), gap('concept:b')]
  )
);
const rows = rowsOf(groups, new Set(), new Map());
const kinds = (all = rows): string => all.map(({ kind }) => kind[1]).join('');

describe('rows', () => {
  it('are clusters with their gaps, counted from one', () => {
    expect(rows.map(({ kind }) => kind)).toEqual([
      'group',
      'gap',
      'gap',
      'group',
      'gap'
    ]);
    expect(rows.map(({ position, size }) => `${position}/${size}`)).toEqual([
      '1/2',
      '1/2',
      '2/2',
      '2/2',
      '1/1'
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });

  it('of a folded cluster are gone', () => {
    const folded = rowsOf(groups, new Set(['one']), new Map());
    expect(kinds(folded)).toBe('rra');
    expect(folded[0]).toMatchObject({ expanded: false });
  });

  it('of a large cluster come bit by bit', () => {
    const many = Array.from({ length: FIRST * 2 + 1 }, (_, n) =>
      gap('x', { message: `${n}` })
    );
    const large = groupsOf(graphOf([], {}, [], many));
    const first = rowsOf(large, new Set(), new Map());
    expect(first).toHaveLength(FIRST + 2);
    expect(first[FIRST + 1]).toMatchObject({ kind: 'more', hidden: FIRST + 1 });
    const all = rowsOf(large, new Set(), new Map([['', FIRST * 3]]));
    expect(all).toHaveLength(many.length + 1);
  });
});

describe('the place of the learner', () => {
  it('is the row they were on, wherever it is now', () => {
    const { key } = rows[4];
    const folded = rowsOf(groups, new Set(['one']), new Map());
    expect(placeIn(folded, key, 4)).toBe(2);
  });

  it('is what has taken its place when that row is gone', () => {
    expect(placeIn(rows, 'gone', 2)).toBe(2);
    expect(placeIn(rows, 'gone', 99)).toBe(rows.length - 1);
    expect(placeIn(rows, null, 0)).toBe(0);
    expect(placeIn([], 'gone', 3)).toBe(-1);
  });
});

describe('keys', () => {
  it.each([
    [0, 'ArrowDown', { kind: 'go', to: 1 }],
    [0, 'ArrowUp', { kind: 'go', to: 0 }],
    [1, 'End', { kind: 'go', to: 4 }],
    [4, 'Home', { kind: 'go', to: 0 }],
    [0, 'PageDown', { kind: 'go', to: 4 }],
    [4, 'PageUp', { kind: 'go', to: 0 }],
    [0, 'ArrowLeft', { kind: 'fold', at: 0 }],
    [0, 'ArrowRight', { kind: 'go', to: 1 }],
    [4, 'ArrowLeft', { kind: 'go', to: 3 }],
    [2, 'ArrowRight', { kind: 'go', to: 2 }],
    [0, 'Enter', { kind: 'fold', at: 0 }],
    [1, 'Enter', { kind: 'open', at: 1 }],
    [1, ' ', { kind: 'open', at: 1 }],
    [1, 'x', null],
    [9, 'Enter', null]
  ])('on row %i, %s does %j', (at, key, deed) => {
    expect(deedOf(rows, at, key)).toEqual(deed);
  });

  it('unfold a folded cluster', () => {
    const folded = rowsOf(groups, new Set(['one', 'two']), new Map());
    expect(deedOf(folded, 1, 'ArrowRight')).toEqual({ kind: 'unfold', at: 1 });
    expect(deedOf(folded, 1, 'ArrowLeft')).toEqual({ kind: 'go', to: 1 });
    expect(deedOf(folded, 1, 'Enter')).toEqual({ kind: 'unfold', at: 1 });
  });
});
