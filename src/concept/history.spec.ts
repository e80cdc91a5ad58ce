import { describe, expect, it } from 'vitest';

import {
  canStep,
  current,
  EMPTY,
  type IHistory,
  stepped,
  visit
} from './history';

function walk(...places: string[]): IHistory<string> {
  return places.reduce<IHistory<string>>(visit, EMPTY);
}

describe('history', () => {
  it('is nowhere at first', () => {
    expect(current(EMPTY)).toBeNull();
    expect(canStep(EMPTY, -1) || canStep(EMPTY, 1)).toBe(false);
    expect(stepped(EMPTY, -1)).toBe(EMPTY);
  });

  it('goes back and forward', () => {
    const there = walk('a', 'b', 'c');
    const back = stepped(stepped(there, -1), -1);
    expect(current(back)).toBe('a');
    expect(canStep(back, -1)).toBe(false);
    expect(current(stepped(back, 1))).toBe('b');
  });

  it('forgets what lay ahead', () => {
    const other = visit(stepped(walk('a', 'b', 'c'), -1), 'x');
    expect(other.entries).toEqual(['a', 'b', 'x']);
    expect(canStep(other, 1)).toBe(false);
  });

  it('does not count the same place twice, yet returns to it', () => {
    expect(walk('a', 'a', 'b', 'a').entries).toEqual(['a', 'b', 'a']);
  });

  it('keeps a bounded way', () => {
    const long = walk(...Array.from({ length: 500 }, (_, n) => `${n}`));
    expect(long.entries).toHaveLength(100);
    expect(current(long)).toBe('499');
    expect(long.entries[0]).toBe('400');
  });
});
