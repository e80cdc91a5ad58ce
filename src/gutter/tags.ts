/**
 * Comments → tags, by the grammar shared with the indexer. Pure text: whether a `#`
 * begins a comment or stands in a string is for the caller to know.
 */
import { TAG_LIKE, WELL_FORMED_TAG } from '../api/types.gen';

export type TagKind = 'learn' | 'def' | 'viz' | 'todo';

/** A tag, or what was meant to be one. */
export type Tag =
  | { readonly kind: TagKind; readonly target: string }
  | {
      readonly kind: 'malformed';
      /** The comment as it was probably meant; '' when that cannot be told. */
      readonly intent: string;
    };

/** Where a tag stands in a text. `from` is its `#`, `at` its `@`; ends are exclusive. */
export interface IPlacedTag {
  readonly tag: Tag;
  readonly from: number;
  readonly at: number;
  readonly to: number;
}

const KINDS: readonly TagKind[] = ['learn', 'def', 'viz', 'todo'];
const WELL_FORMED = new RegExp(WELL_FORMED_TAG);
const LOOKS_MEANT = new RegExp(TAG_LIKE);

/** Read one whole comment, from `#` to the end of its line; null when it is no tag. */
export function readComment(comment: string): Tag | null {
  const [, kind, target, todo, slug] = WELL_FORMED.exec(comment) ?? [];
  if (kind !== undefined && target !== undefined) {
    return { kind: kind as TagKind, target };
  }
  if (todo !== undefined && slug !== undefined) {
    return { kind: 'todo', target: slug };
  }
  const meant = LOOKS_MEANT.exec(comment);
  const near = meant?.[1] === undefined ? null : nearKind(meant[1]);
  if (meant === null || near === null) {
    return null;
  }
  return {
    kind: 'malformed',
    intent: likelyIntent(near, comment.slice(meant[0].length))
  };
}

/** A comment that ends the text of a `@def`: a tag, well written or not. */
export function looksLikeTag(comment: string): boolean {
  return LOOKS_MEANT.test(comment);
}

/**
 * Every place in one line where a tag could stand. Several `#` of one line may be
 * found; at most one of them begins the line's comment.
 */
export function findInLine(line: string): IPlacedTag[] {
  const found: IPlacedTag[] = [];
  if (!line.includes('@')) {
    return found;
  }
  for (let from = line.indexOf('#'); from >= 0;) {
    const comment = line.slice(from);
    const tag = readComment(comment);
    if (tag !== null) {
      const at = from + comment.indexOf('@');
      found.push({ tag, from, at, to: from + comment.trimEnd().length });
    }
    from = line.indexOf('#', from + 1);
  }
  return found;
}

/** The kind that a word is close to: one slip in a short word, two in a longer one. */
function nearKind(word: string): TagKind | null {
  const lower = word.toLowerCase();
  let best: TagKind | null = null;
  let least = Infinity;
  for (const kind of KINDS) {
    const slips = editDistance(lower, kind);
    if (slips < least && slips <= (kind.length > 3 ? 2 : 1)) {
      best = kind;
      least = slips;
    }
  }
  return best;
}

/** Letters to insert, drop or change to get from one word to the other. */
export function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = one[i - 1] === other[j - 1] ? 0 : 1;
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + change
        )
      );
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

function likelyIntent(kind: TagKind, rest: string): string {
  const words = rest
    .trim()
    .toLowerCase()
    .replace(kind === 'todo' ? /^explain\s*:\s*/ : /^$/, '')
    .replace(kind === 'todo' ? /[^a-z0-9_]+/g : /[^a-z0-9_.]+/g, '_')
    .replace(/\.{2,}/g, '.')
    .replace(/^[._]+|[._]+$/g, '');
  if (words === '') {
    return '';
  }
  return kind === 'todo' ? `# @todo:explain:${words}` : `# @${kind}:${words}`;
}
