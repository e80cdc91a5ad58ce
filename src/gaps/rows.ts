/** The rows of the list, and what a key does in it: pure, after the ARIA treegrid pattern. */
import { stepOf } from '../parts/steps';
import type { IGapEntry, IGapGroup } from './report';

interface IRowPlace {
  readonly key: string;
  /** Counted from 1 among its siblings. */
  readonly position: number;
  readonly size: number;
}

export type Row =
  | (IRowPlace & {
      readonly kind: 'group';
      readonly group: IGapGroup;
      readonly expanded: boolean;
    })
  | (IRowPlace & {
      readonly kind: 'gap';
      readonly entry: IGapEntry;
      readonly group: string;
    })
  | (IRowPlace & {
      readonly kind: 'more';
      readonly hidden: number;
      readonly group: string;
    });

export type Deed =
  | { readonly kind: 'go'; readonly to: number }
  | { readonly kind: 'fold' | 'unfold' | 'open' | 'more'; readonly at: number };

/** So many of a group at once: a large repository has thousands. */
export const FIRST = 100;

/** `shown` tells of a group how many of its gaps are shown, where it is not `FIRST`. */
export function rowsOf(
  groups: readonly IGapGroup[],
  folded: ReadonlySet<string>,
  shown: ReadonlyMap<string, number>
): Row[] {
  const rows: Row[] = [];
  groups.forEach((group, n) => {
    const expanded = !folded.has(group.key);
    rows.push({
      kind: 'group',
      key: `cluster ${group.key}`,
      group,
      expanded,
      position: n + 1,
      size: groups.length
    });
    if (!expanded) {
      return;
    }
    const limit = shown.get(group.key) ?? FIRST;
    const size = group.entries.length;
    group.entries.slice(0, limit).forEach((entry, m) => {
      rows.push({
        kind: 'gap',
        key: entry.key,
        entry,
        group: group.key,
        position: m + 1,
        size
      });
    });
    if (size > limit) {
      rows.push({
        kind: 'more',
        key: `more ${group.key}`,
        hidden: size - limit,
        group: group.key,
        position: limit + 1,
        size
      });
    }
  });
  return rows;
}

/**
 * The row the learner is on: the one with that key, else the one that has taken its
 * place. -1 when there is none.
 */
export function placeIn(
  rows: readonly Row[],
  key: string | null,
  at: number
): number {
  const found = rows.findIndex(row => row.key === key);
  return found >= 0 ? found : Math.min(at, rows.length - 1);
}

/** null: the key is none of the list's. */
export function deedOf(
  rows: readonly Row[],
  at: number,
  key: string
): Deed | null {
  const row = rows[at];
  if (row === undefined) {
    return null;
  }
  const go = (to: number): Deed => ({ kind: 'go', to });
  const step = stepOf(key, at, rows.length);
  if (step !== null) {
    return go(step);
  }
  switch (key) {
    case 'ArrowRight':
      if (row.kind !== 'group') {
        return go(at);
      }
      return row.expanded ? go(at + 1) : { kind: 'unfold', at };
    case 'ArrowLeft':
      if (row.kind === 'group') {
        return row.expanded ? { kind: 'fold', at } : go(at);
      }
      return go(
        rows.findIndex(
          other => other.kind === 'group' && other.group.key === row.group
        )
      );
    case 'Enter':
    case ' ':
      switch (row.kind) {
        case 'group':
          return { kind: row.expanded ? 'fold' : 'unfold', at };
        case 'gap':
          return { kind: 'open', at };
        case 'more':
          return { kind: 'more', at };
      }
  }
  return null;
}
