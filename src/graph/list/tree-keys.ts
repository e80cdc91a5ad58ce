/** What a key does in the list: pure, after the ARIA pattern for trees. */
import { stepOf } from '../../parts/steps';
import type { IRow } from './tree-rows';

export type Deed =
  | { readonly kind: 'go'; readonly key: string }
  | { readonly kind: 'expand'; readonly key: string }
  | { readonly kind: 'collapse'; readonly key: string }
  | { readonly kind: 'open'; readonly key: string }
  | { readonly kind: 'select'; readonly key: string };

/** null: the key is none of the list's. `typed` is what was typed a moment ago. */
export function deedOf(
  rows: readonly IRow[],
  current: string | null,
  key: string,
  typed: string
): Deed | null {
  if (rows.length === 0) {
    return null;
  }
  const at = Math.max(
    0,
    rows.findIndex(({ branch }) => branch.key === current)
  );
  const row = rows[at];
  const go = (to: number): Deed => ({
    kind: 'go',
    key: rows[to].branch.key
  });
  const step = stepOf(key, at, rows.length);
  if (step !== null) {
    return go(step);
  }
  const own = row.branch.key;
  switch (key) {
    case 'ArrowRight':
      if (row.branch.children.length === 0) {
        return go(at);
      }
      return row.expanded ? go(at + 1) : { kind: 'expand', key: own };
    case 'ArrowLeft':
      if (row.expanded) {
        return { kind: 'collapse', key: own };
      }
      return { kind: 'go', key: row.parent ?? own };
    case 'Enter':
      return row.branch.node !== null
        ? { kind: 'open', key: own }
        : { kind: row.expanded ? 'collapse' : 'expand', key: own };
    case ' ':
      if (typed !== '') {
        break;
      }
      return row.branch.node !== null
        ? { kind: 'select', key: own }
        : { kind: row.expanded ? 'collapse' : 'expand', key: own };
  }
  return key.length === 1 ? typeAhead(rows, at, typed + key) : null;
}

/** The next row that begins so; one letter again and again walks through its rows. */
function typeAhead(
  rows: readonly IRow[],
  at: number,
  typed: string
): Deed | null {
  const text = typed.toLowerCase();
  const letter = text[0];
  const repeated = [...text].every(other => other === letter);
  const start = repeated ? at + 1 : at;
  const wanted = repeated ? letter : text;
  for (let n = 0; n < rows.length; n++) {
    const { branch } = rows[(start + n) % rows.length];
    if (branch.label.toLowerCase().startsWith(wanted)) {
      return { kind: 'go', key: branch.key };
    }
  }
  return null;
}
