/**
 * Which lines can be folded away: runs of tag lines, and the text below a `@def` but
 * for its first line. Pure: an editor's state in, places out. Knows no decoration.
 *
 * A mistyped tag is never folded: whoever typed it must see it. Nor is a run at the
 * very end, where no line is left to show its marker.
 */
import type { EditorState, Line } from '@codemirror/state';

import { tagsBetween } from './candidates';
import { standsAlone } from './coverage';
import { looksLikeTag } from './tags';

/** Whole lines, from the first character of the first to the last of the last. */
export interface ILines {
  from: number;
  to: number;
}

/** Neighbouring lines that fold and unfold together. */
export interface IRun extends ILines {
  readonly hidden: ILines[];
  /** First lines of definitions, which stay, and the number of lines folded below. */
  readonly heads: (ILines & { more: number })[];
}

/** The runs that lie between two places, in order. */
export function runsBetween(
  state: EditorState,
  from: number,
  to: number
): IRun[] {
  const { doc } = state;
  const runs: IRun[] = [];
  for (const { tag, from: place } of tagsBetween(state, from, to)) {
    if (tag.kind === 'malformed' || !standsAlone(state, place)) {
      continue;
    }
    const line = doc.lineAt(place);
    const last = runs.at(-1);
    const run =
      last !== undefined && last.to + 1 === line.from ? last : newRun(line);
    if (run !== last) {
      runs.push(run);
    }
    hide(run, line, line);
    if (tag.kind === 'def') {
      foldText(state, run, line);
    }
  }
  return runs.filter(run => run.to < doc.length);
}

function newRun({ from, to }: Line): IRun {
  return { from, to, hidden: [], heads: [] };
}

function hide(run: IRun, first: Line, last: Line): void {
  const before = run.hidden.at(-1);
  if (before !== undefined && before.to + 1 === first.from) {
    before.to = last.to;
  } else {
    run.hidden.push({ from: first.from, to: last.to });
  }
  run.to = last.to;
}

/** The first line of a definition's text stays, the others fold below it. */
function foldText({ doc }: EditorState, run: IRun, tag: Line): void {
  let end = tag.number;
  while (end < doc.lines && isText(doc.line(end + 1).text)) {
    end += 1;
  }
  const more = end - tag.number - 1;
  if (more < 0) {
    return;
  }
  const head = doc.line(tag.number + 1);
  run.to = head.to;
  run.heads.push({ from: head.from, to: head.to, more });
  if (more > 0) {
    hide(run, doc.line(head.number + 1), doc.line(end));
  }
}

function isText(line: string): boolean {
  const text = line.trimStart();
  return text.startsWith('#') && !looksLikeTag(text);
}

/** The block of comment lines around some lines: no run reaches beyond it. */
export function commentsAround(
  { doc }: EditorState,
  from: number,
  to: number
): ILines {
  let first = doc.lineAt(from);
  let last = doc.lineAt(to);
  const comment = (number: number): boolean =>
    /^\s*#/.test(doc.line(number).text);
  while (first.number > 1 && comment(first.number - 1)) {
    first = doc.line(first.number - 1);
  }
  while (last.number < doc.lines && comment(last.number + 1)) {
    last = doc.line(last.number + 1);
  }
  return { from: first.from, to: last.to };
}
