/**
 * Where tags stand in an editor: a set of ranges that follows every edit, read
 * anew on the changed lines only. A range is a candidate by its text; whether it is
 * really a comment is asked of the syntax tree when the place comes into view, since
 * a quote typed far above can turn it into a string and back.
 */
import { ensureSyntaxTree, language, syntaxTree } from '@codemirror/language';
import {
  type EditorState,
  type Range,
  RangeSet,
  RangeValue,
  StateField,
  type Text
} from '@codemirror/state';

import { findInLine, type IPlacedTag, type Tag } from './tags';

/** The tag of a range; the range itself runs from `#` to the end of the comment. */
class Candidate extends RangeValue {
  constructor(readonly tag: Tag) {
    super();
  }

  override eq(other: RangeValue): boolean {
    return other instanceof Candidate && sameTag(other.tag, this.tag);
  }
}

export function sameTag(one: Tag, other: Tag): boolean {
  return (
    one === other ||
    (one.kind === other.kind && meaningOf(one) === meaningOf(other))
  );
}

function meaningOf(tag: Tag): string {
  return tag.kind === 'malformed' ? tag.intent : tag.target;
}

function isPython(state: EditorState): boolean {
  return state.facet(language)?.name === 'python';
}

function scan(doc: Text, from: number, to: number): Range<Candidate>[] {
  const found: Range<Candidate>[] = [];
  const last = doc.lineAt(to).number;
  let start = doc.lineAt(from).from;
  for (const text of doc.iterLines(doc.lineAt(from).number, last + 1)) {
    for (const place of findInLine(text)) {
      const candidate = new Candidate(place.tag);
      found.push(candidate.range(start + place.from, start + place.to));
    }
    start += text.length + 1;
  }
  return found;
}

function scanAll(state: EditorState): RangeSet<Candidate> {
  return isPython(state)
    ? RangeSet.of(scan(state.doc, 0, state.doc.length))
    : RangeSet.empty;
}

/** The candidates of an editor; empty where the language is not Python. */
export const candidates = StateField.define<RangeSet<Candidate>>({
  create: scanAll,
  update(set, transaction) {
    const { startState, state, changes } = transaction;
    if (startState.facet(language) !== state.facet(language)) {
      return scanAll(state);
    }
    if (!transaction.docChanged || !isPython(state)) {
      return set;
    }
    let next = set.map(changes);
    changes.iterChangedRanges((_fromA, _toA, fromB, toB) => {
      const first = state.doc.lineAt(fromB).from;
      const last = state.doc.lineAt(toB).to;
      next = next.update({
        filterFrom: first,
        filterTo: last,
        filter: (from, to) => to < first || from > last,
        add: scan(state.doc, first, last)
      });
    });
    return next;
  }
});

/** The real tags between two places, in order: candidates that are comments. */
export function tagsBetween(
  state: EditorState,
  from: number,
  to: number,
  tree = syntaxTree(state)
): IPlacedTag[] {
  const set = state.field(candidates, false);
  if (set === undefined || set.size === 0) {
    return [];
  }
  const found: IPlacedTag[] = [];
  set.between(from, to, (start, end, candidate) => {
    const node = tree.resolveInner(start, 1);
    if (node.name === 'Comment' && node.from === start) {
      const comment = state.doc.sliceString(start, end);
      const at = start + comment.indexOf('@');
      found.push({ tag: candidate.tag, from: start, at, to: end });
    }
  });
  // Overlapping candidates of one line lie in layers, which `between` visits in turn.
  return found.sort((one, other) => one.from - other.from);
}

/** Whether an editor can have tags at all; where not, nobody does any work. */
export function mayHaveTags(state: EditorState): boolean {
  return (state.field(candidates, false)?.size ?? 0) > 0;
}

/** The tag on the line of a place, or null. Waits a little for the parser if it must. */
export function tagOnLine(
  state: EditorState,
  place: number
): IPlacedTag | null {
  const line = state.doc.lineAt(place);
  const tree = ensureSyntaxTree(state, line.to, 50) ?? syntaxTree(state);
  return tagsBetween(state, line.from, line.to, tree)[0] ?? null;
}

/** All tags of a text in order. Waits a little for the parser if it must. */
export function allTags(state: EditorState): IPlacedTag[] {
  const { length } = state.doc;
  const tree = ensureSyntaxTree(state, length, 200) ?? syntaxTree(state);
  return tagsBetween(state, 0, length, tree);
}
