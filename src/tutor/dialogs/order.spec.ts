import { describe, expect, it } from 'vitest';

import type { ModelInfo, TutorState } from '../../api/types.gen';
import {
  MOST,
  orderOf,
  putFirst,
  putLast,
  searched,
  sooner,
  without
} from './order';

describe('the order in which models are asked', () => {
  it('begins with the chosen model; nothing twice, nothing empty', () => {
    const of = (model: string, ...fallbacks: string[]) =>
      orderOf({ model, fallbacks } as unknown as TutorState);
    expect(of('a', 'b', 'a', '', 'c')).toEqual(['a', 'b', 'c']);
    expect(of('')).toEqual([]);
  });

  it('takes a model to the front or to the end, once', () => {
    expect(putFirst(['a', 'b'], 'b')).toEqual(['b', 'a']);
    expect(putFirst([], 'a')).toEqual(['a']);
    expect(putLast(['a'], 'b')).toEqual(['a', 'b']);
    expect(putLast(['a', 'b'], 'a')).toEqual(['a', 'b']);
  });

  it('never grows beyond what the server takes', () => {
    const full = Array.from({ length: MOST }, (_, n) => `m${n}`);
    expect(putLast(full, 'new')).toEqual(full);
    expect(putFirst(full, 'new')).toHaveLength(MOST);
    expect(putFirst(full, 'new')[0]).toBe('new');
  });

  it('moves one place and lets go, without losing any other', () => {
    expect(sooner(['a', 'b', 'c'], 'c')).toEqual(['a', 'c', 'b']);
    expect(sooner(['a', 'b'], 'a')).toEqual(['a', 'b']);
    expect(sooner(['a'], 'not there')).toEqual(['a']);
    expect(without(['a', 'b'], 'a')).toEqual(['b']);
  });
});

describe('the search among models', () => {
  const model = (id: string, label: string, free = false) =>
    ({ id, label, free }) as ModelInfo;
  const models = [
    model('meta/llama-3:free', 'Llama 3 (free)', true),
    model('openai/gpt', 'GPT'),
    model('meta/llama-4', 'Llama 4')
  ];
  it.each([
    ['', 3],
    ['LLAMA', 2],
    ['llama free', 1],
    ['meta 4', 1],
    ['  gpt ', 1],
    ['nothing like it', 0]
  ])('“%s” finds %i', (text, count) => {
    expect(searched(models, text)).toHaveLength(count);
  });

  it('keeps the order in which they came', () => {
    expect(searched(models, 'llama').map(({ id }) => id)).toEqual([
      'meta/llama-3:free',
      'meta/llama-4'
    ]);
  });
});
