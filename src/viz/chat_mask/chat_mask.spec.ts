import { describe, expect, it } from 'vitest';

import { compute, type IRowInputs, RULES } from './compute';
import example from './example.json';
import { named } from './inputs';

const row = (
  ids: readonly number[],
  losses: readonly number[] | null = null
): IRowInputs => ({ tokens: named(ids), ids, losses });
const recorded = row(example.ids, example.losses.before);

describe('compute', () => {
  it.each([example, ...example.golden])(
    'asks what ChatRows asks, row %#',
    ({ ids, targets }) => {
      const { questions } = compute(row(ids));
      expect(questions.map(({ target }) => target)).toEqual(targets);
    }
  );

  it('has rows with every kind of speaker to compare', () => {
    const found = [example, ...example.golden].flatMap(
      ({ ids }) => compute(row(ids)).speakers
    );
    expect(new Set(found).size).toBe(5);
  });

  it('lets more count with every rule, and in the end all', () => {
    const counts = RULES.map(
      rule => compute(recorded, { rule }).counting.count
    );
    expect(counts).toEqual([...new Set(counts)].sort((a, b) => a - b));
    expect(counts.at(-1)).toBe(example.ids.length - 1);
  });

  it('takes the mean of what counts, and of the others', () => {
    const losses = [1, 2, 3, 4, 5, 6];
    const tokens = [
      '<|bos|>',
      '<|user_start|>',
      'Hi',
      '<|user_end|>',
      '<|assistant_start|>',
      'Yes',
      '<|assistant_end|>'
    ];
    const { counting, others } = compute({
      tokens,
      ids: [0, 1, 9, 2, 3, 8, 4],
      losses
    });
    expect(counting).toEqual({ count: 2, sum: 11, mean: 5.5 });
    expect(others).toEqual({ count: 4, sum: 10, mean: 2.5 });
  });

  it('is about a model that learned the answers, and nothing else', () => {
    const before = compute(recorded);
    const after = compute(row(example.ids, example.losses.after));
    expect(before.counting.mean).toBeGreaterThan(8);
    expect(after.counting.mean).toBeLessThan(0.5);
    expect(after.others.mean).toBeGreaterThan(before.others.mean! / 2);
  });

  it('refuses what is no row of chats', () => {
    expect(() =>
      compute({ tokens: ['<|bos|>', 'Once'], ids: [1, 2], losses: null })
    ).toThrow(/Token 1, “Once”, belongs to nobody/);
    expect(() =>
      compute({ tokens: ['<|bos|>'], ids: [], losses: null })
    ).toThrow(/as many ids/);
    expect(() => compute({ ...recorded, losses: [1] })).toThrow(
      /each token but the first/
    );
  });
});
