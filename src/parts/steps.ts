/** Where a key leads in a list of rows: pure, after the ARIA patterns for trees and grids. */

/** Rows that Page Up and Page Down pass. */
const PAGE = 10;

/**
 * The row that an arrow, Page, Home or End leads to from row `at` of `count`, both
 * counted from 0; at an end it stays there. null: the key does not walk.
 */
export function stepOf(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return inside(at + 1, count);
    case 'ArrowUp':
      return inside(at - 1, count);
    case 'PageDown':
      return inside(at + PAGE, count);
    case 'PageUp':
      return inside(at - PAGE, count);
    case 'Home':
      return inside(0, count);
    case 'End':
      return inside(count - 1, count);
  }
  return null;
}

function inside(to: number, count: number): number {
  return Math.max(0, Math.min(count - 1, to));
}
