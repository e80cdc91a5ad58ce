import { describe, expect, it } from 'vitest';

import { fitting } from './lens';

/** Where the corners of a box fall on a panel. */
function shown(width: number, height: number, top: boolean) {
  const box = { x0: -100, y0: -50, x1: 100, y1: 50 };
  const { x, y, k } = fitting(box, width, height, 4, top);
  return {
    left: box.x0 * k + x,
    right: box.x1 * k + x,
    above: box.y0 * k + y,
    below: box.y1 * k + y
  };
}

describe('fitting', () => {
  it('begins at the top of a tall panel when asked to, in the middle otherwise', () => {
    const [top, middle] = [shown(250, 900, true), shown(250, 900, false)];
    expect(top.above).toBeLessThan(30);
    expect(middle.above).toBeCloseTo(900 - middle.below);
    expect([top.left, top.right]).toEqual([middle.left, middle.right]);
  });

  it.each([
    [250, 900],
    [250, 250],
    [900, 250],
    [900, 110]
  ])('shows all of it in %i × %i pixels', (width, height) => {
    for (const top of [true, false]) {
      const { left, right, above, below } = shown(width, height, top);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(width);
      expect(above).toBeGreaterThanOrEqual(0);
      expect(below).toBeLessThanOrEqual(height);
    }
  });
});
