import { describe, expect, it } from 'vitest';

import type { Gap } from '../api/types.gen';
import { clusterFinder } from './belonging';
import {
  countOf,
  EVERYTHING,
  filtered,
  groupsOf,
  type IGapFilter,
  kindsOf
} from './report';
import { cluster, gap, graphOf } from './sample';

const clusters = [cluster('late', 3), cluster('early', 1), cluster('mid', 2)];

describe('the cluster of a gap', () => {
  const graph = graphOf(
    clusters,
    {
      'concept:a': 'early',
      'concept:b': 'late',
      'concept:c': 'late',
      'concept:d': 'gone',
      'm.py': null,
      'm.py:Net': null,
      'm.py:Net.forward': null,
      'm.py:tie': null,
      'm.py:loop': null,
      'viz:dials': null,
      'lesson:01': null
    },
    [
      ['concept:a', 'explains', 'm.py:Net'],
      ['concept:b', 'explains', 'm.py:Net'],
      ['m.py:Net', 'defines', 'concept:c'],
      ['m.py', 'contains', 'm.py:Net'],
      ['m.py:Net', 'contains', 'm.py:Net.forward'],
      ['concept:b', 'explains', 'm.py:tie'],
      ['concept:a', 'explains', 'm.py:tie'],
      ['m.py:loop', 'contains', 'm.py:loop'],
      ['viz:dials', 'visualizes', 'concept:b'],
      ['viz:dials', 'visualizes', 'm.py:tie'],
      ['lesson:01', 'teaches', 'concept:a'],
      ['m.py', 'references', 'concept:a'],
      ['concept:a', 'prerequisite', 'concept:b']
    ],
    []
  );
  const find = clusterFinder(graph);

  it.each([
    ['concept:a', 'early', 'its own'],
    ['m.py:Net', 'late', 'that of most of its concepts'],
    ['m.py:tie', 'early', 'the first in the course of two alike'],
    ['m.py:Net.forward', 'late', 'that of the class around it'],
    ['viz:dials', 'late', 'that of what it shows'],
    ['lesson:01', 'early', 'that of what it teaches'],
    ['m.py', null, 'none: nothing explains the file'],
    ['m.py:loop', null, 'none, though it contains itself'],
    ['concept:d', null, 'none: its cluster is not in the course'],
    ['concept:unknown', null, 'none']
  ])('%s has %s: %s', (id, expected) => {
    expect(find(gap(id))?.id ?? null).toBe(expected);
  });

  it('is that of the note in which it stands', () => {
    const broken = gap('x.md', { file_path: 'notes/concept:b.md' });
    expect(find(broken)?.id).toBe('late');
  });
});

describe('the report', () => {
  const gaps: Gap[] = [
    gap('concept:b', { severity: 'error', kind: 'stale_note' }),
    gap('nowhere', { severity: 'error', kind: 'malformed_tag' }),
    gap('concept:a'),
    gap('concept:b', { file_path: 'deep/n.py' }),
    gap('concept:b')
  ];
  const graph = graphOf(
    clusters,
    { 'concept:a': 'early', 'concept:b': 'late' },
    [],
    gaps
  );
  const groups = groupsOf(graph);

  it('stands in the order of the course, elsewhere last, and loses nothing', () => {
    expect(groups.map(({ cluster: own }) => own?.id ?? null)).toEqual([
      'early',
      'late',
      null
    ]);
    expect(groups[1].entries.map(entry => entry.gap.severity)).toEqual([
      'error',
      'warning',
      'warning'
    ]);
    expect(groups.flatMap(({ entries }) => entries)).toHaveLength(gaps.length);
    expect([countOf(groups), countOf(groups, 'error')]).toEqual([5, 2]);
  });

  it('gives each gap a key of its own, which a moved line does not change', () => {
    const doubled = groupsOf({ ...graph, gaps: [...gaps, ...gaps] });
    const keys = (all: typeof groups): string[] =>
      all.flatMap(({ entries }) => entries.map(({ key }) => key));
    expect(new Set(keys(doubled)).size).toBe(gaps.length * 2);
    const moved = gaps.map(one => ({ ...one, line: one.line + 7 }));
    expect(keys(groupsOf({ ...graph, gaps: moved }))).toEqual(keys(groups));
  });

  it('names the kinds that occur, errors first', () => {
    expect(kindsOf(groups)).toEqual([
      { kind: 'stale_note', count: 1 },
      { kind: 'malformed_tag', count: 1 },
      { kind: 'concept_without_note', count: 3 }
    ]);
  });

  it.each<[string, Partial<IGapFilter>, number]>([
    ['everything', {}, 5],
    ['errors', { severity: 'error' }, 2],
    ['a kind', { kind: 'stale_note' }, 1],
    ['both', { severity: 'warning', kind: 'stale_note' }, 0],
    ['a file', { text: 'N.PY' }, 1],
    ['the title of a cluster', { text: 'early' }, 1],
    ['words in any order', { text: ' :b  ABOUT ' }, 3],
    ['nonsense', { text: '.*' }, 0]
  ])('can be filtered: %s', (_, filter, count) => {
    const left = filtered(groups, { ...EVERYTHING, ...filter });
    expect(countOf(left)).toBe(count);
    expect(left.every(({ entries }) => entries.length > 0)).toBe(true);
  });
});
