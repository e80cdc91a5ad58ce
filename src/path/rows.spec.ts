import { describe, expect, it } from 'vitest';

import { openAtFirst, pathTree, rowsOf } from './rows';
import { progressOf } from './sample';

const progress = progressOf();
const rows = (open: readonly string[]): string[] =>
  rowsOf(pathTree(progress), new Set(open)).map(
    ({ key, level, position, size }) => `${level} ${position}/${size} ${key}`
  );

describe('rows of the path', () => {
  it('are clusters at first, with the way to the next step open', () => {
    expect(rows([])).toEqual([
      '1 1/2 cluster foundations',
      '1 2/2 cluster attention'
    ]);
    expect(rows(openAtFirst(progress))).toEqual([
      '1 1/2 cluster foundations',
      '2 1/4 lesson 01_talk',
      '3 1/2 concept foundations.next_token',
      '3 2/2 concept foundations.softmax',
      '2 2/4 lesson 02_shapes',
      '2 3/4 lesson 00_tour',
      '2 4/4 concept foundations.probability',
      '1 2/2 cluster attention'
    ]);
  });

  it('hold every lesson and concept once', () => {
    const tree = pathTree(progress);
    const all = tree.flatMap(({ key, children }) => [
      key,
      ...children.map(child => child.key)
    ]);
    const keys = rowsOf(tree, new Set(all)).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { lessons, concepts } of progress.clusters) {
      lessons.forEach(({ id }) => expect(keys).toContain(`lesson ${id}`));
      concepts.forEach(({ id }) => expect(keys).toContain(`concept ${id}`));
    }
  });

  it('open the first cluster where nothing is left to do', () => {
    expect(openAtFirst(progressOf({ next: null }))).toEqual([
      'cluster foundations'
    ]);
    expect(openAtFirst(progressOf({ clusters: [], next: null }))).toEqual([]);
  });
});
