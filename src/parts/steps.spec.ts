import { describe, expect, it } from 'vitest';

import { stepOf } from './steps';

describe('stepOf', () => {
  it.each([
    ['ArrowDown', 3, 4],
    ['ArrowUp', 3, 2],
    ['PageDown', 3, 13],
    ['PageUp', 23, 13],
    ['Home', 3, 0],
    ['End', 3, 29]
  ])('%s leads from row %i to row %i of thirty', (key, at, to) => {
    expect(stepOf(key, at, 30)).toBe(to);
  });

  it.each(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'])(
    '%s never leaves the list',
    key => {
      for (const count of [1, 2, 11]) {
        for (let at = 0; at < count; at++) {
          const to = stepOf(key, at, count);
          expect(to).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThan(count);
        }
      }
    }
  );

  it('leaves other keys to others', () => {
    for (const key of ['ArrowLeft', 'ArrowRight', 'Enter', ' ', 'a', 'Tab']) {
      expect(stepOf(key, 0, 3)).toBeNull();
    }
  });
});
