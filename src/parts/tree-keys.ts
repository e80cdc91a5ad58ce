/** What a key does in a tree: pure, after the ARIA pattern. */
import { stepOf } from './steps';

/** A row in view; positions count from 1 as ARIA does. */
export interface ITreeRow {
  readonly key: string;
  readonly label: string;
  readonly level: number;
  readonly position: number;
  readonly size: number;
  /** Key of the row one level up; null at the top. */
  readonly parent: string | null;
  /** Has rows below it. */
  readonly foldable: boolean;
  readonly expanded: boolean;
  /** Stands for something that can be chosen and opened; else it only gathers. */
  readonly opens: boolean;
}

export type TreeDeed = {
  readonly kind: 'go' | 'expand' | 'collapse' | 'open' | 'select';
  readonly key: string;
};

/** null: the key is none of the tree's. `typed` is what was typed a moment ago. */
export function deedOf(
  rows: readonly ITreeRow[],
  current: string | null,
  key: string,
  typed: string
): TreeDeed | null {
  if (rows.length === 0) {
    return null;
  }
  const at = Math.max(
    0,
    rows.findIndex(row => row.key === current)
  );
  const row = rows[at];
  const go = (to: number): TreeDeed => ({ kind: 'go', key: rows[to].key });
  const step = stepOf(key, at, rows.length);
  if (step !== null) {
    return go(step);
  }
  const own = row.key;
  const fold = (): TreeDeed => ({
    kind: row.expanded ? 'collapse' : 'expand',
    key: own
  });
  switch (key) {
    case 'ArrowRight':
      if (!row.foldable) {
        return go(at);
      }
      return row.expanded ? go(at + 1) : { kind: 'expand', key: own };
    case 'ArrowLeft':
      if (row.expanded) {
        return { kind: 'collapse', key: own };
      }
      return { kind: 'go', key: row.parent ?? own };
    case 'Enter':
      return row.opens ? { kind: 'open', key: own } : fold();
    case ' ':
      if (typed !== '') {
        break;
      }
      return row.opens ? { kind: 'select', key: own } : fold();
  }
  return key.length === 1 ? typeAhead(rows, at, typed + key) : null;
}

/** The next row that begins so; one letter again and again walks through its rows. */
function typeAhead(
  rows: readonly ITreeRow[],
  at: number,
  typed: string
): TreeDeed | null {
  const text = typed.toLowerCase();
  const letter = text[0];
  const repeated = [...text].every(other => other === letter);
  const start = repeated ? at + 1 : at;
  const wanted = repeated ? letter : text;
  for (let n = 0; n < rows.length; n++) {
    const row = rows[(start + n) % rows.length];
    if (row.label.toLowerCase().startsWith(wanted)) {
      return { kind: 'go', key: row.key };
    }
  }
  return null;
}
