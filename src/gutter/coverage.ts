/**
 * Which code a tag speaks about, read from the syntax tree around it, by the rule of
 * the indexer: the statement it trails, else the next one. Pure and local: the cost is
 * that of a few nodes, whatever the size of the file.
 */
import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';

import { tagsBetween } from './candidates';
import type { IPlacedTag } from './tags';

/** From the first to the last character, tag line excluded where the tag has its own. */
export interface ISpan {
  readonly from: number;
  readonly to: number;
}

type Node = ReturnType<ReturnType<typeof syntaxTree>['resolveInner']>;

/** A line without code. */
const EMPTY = /^\s*(?:#|$)/;
const STATEMENT = /(?:Statement|StatementGroup|Definition)$/;
const COMPOUND =
  /^(?:(?:If|While|For|Try|With|Match|Decorated)Statement|(?:Function|Class)Definition)$/;

/** The code that a tag covers; null where there is none, or where it is not parsed yet. */
export function coveredBy(
  state: EditorState,
  { from }: IPlacedTag
): ISpan | null {
  const comment = syntaxTree(state).resolveInner(from, 1);
  if (comment.name !== 'Comment') {
    return null;
  }
  return spanOf(
    state,
    standsAlone(state, from)
      ? (simpleAround(comment) ?? nextStatement(comment))
      : trailed(state, comment)
  );
}

/** The tags of the innermost covered statement that a place lies in. */
export function tagsCovering(state: EditorState, place: number): IPlacedTag[] {
  for (const statement of around(state, place)) {
    const tags = tagsOf(state, statement);
    if (tags.length > 0) {
      return tags;
    }
  }
  return [];
}

/** The tags of every covered statement that a place lies in, innermost first. */
export function allTagsCovering(
  state: EditorState,
  place: number
): IPlacedTag[] {
  return around(state, place).flatMap(statement => tagsOf(state, statement));
}

/** A comment on a line of its own. */
export function standsAlone(state: EditorState, from: number): boolean {
  const line = state.doc.lineAt(from);
  return state.doc.sliceString(line.from, from).trim() === '';
}

/** The statements that a place lies in, innermost first. */
function around(state: EditorState, place: number): Node[] {
  const found: Node[] = [];
  // From the first letter of the line: the indentation belongs to no statement.
  const line = state.doc.lineAt(place);
  const letter = line.from + (/\S/.exec(line.text)?.index ?? 0);
  const start = Math.max(place, letter);
  let node: Node | null = syntaxTree(state).resolveInner(
    start,
    start === line.to ? -1 : 1
  );
  for (; node !== null; node = node.parent) {
    if (isStatement(node)) {
      found.push(node);
    }
  }
  return found;
}

/** The tags above a statement and those that trail it. */
function tagsOf(state: EditorState, statement: Node): IPlacedTag[] {
  const before = statement.from === 0 ? 0 : startOfGap(state, statement);
  const { to } = state.doc.lineAt(endOfHead(statement));
  return tagsBetween(state, before, to).filter(tag => {
    const covered = coveredBy(state, tag);
    return (
      covered !== null &&
      covered.from === statement.from &&
      covered.to === spanOf(state, statement)?.to
    );
  });
}

/** Where the code before a statement ends: from there on there are only comments. */
function startOfGap(state: EditorState, statement: Node): number {
  let line = state.doc.lineAt(statement.from);
  while (line.number > 1) {
    const above = state.doc.line(line.number - 1);
    if (!EMPTY.test(above.text)) {
      return above.to;
    }
    line = above;
  }
  return 0;
}

/** Behind this line of a block, tags speak about its parts only. */
function endOfHead(statement: Node): number {
  if (statement.name === 'DecoratedStatement') {
    return statement.lastChild?.from ?? statement.to;
  }
  return COMPOUND.test(statement.name) ? statement.from : statement.to;
}

function isStatement(node: Node): boolean {
  return STATEMENT.test(node.name);
}

/** A definition below decorators is one statement with them. */
function whole(node: Node): Node {
  return node.parent?.name === 'DecoratedStatement' ? node.parent : node;
}

/** The statement around a comment that stands inside a long expression. */
function simpleAround(comment: Node): Node | null {
  let node: Node | null = comment.parent;
  while (node !== null && !isStatement(node)) {
    node = node.parent;
  }
  return node !== null &&
    (!COMPOUND.test(node.name) || node.name === 'DecoratedStatement')
    ? node
    : null;
}

function nextStatement(comment: Node): Node | null {
  const cursor = comment.cursor();
  while (cursor.next()) {
    if (cursor.from >= comment.to && STATEMENT.test(cursor.name)) {
      return cursor.node;
    }
  }
  return null;
}

/** The statement on whose line a comment stands: the one that begins there, else the innermost. */
function trailed(state: EditorState, comment: Node): Node | null {
  const line = state.doc.lineAt(comment.from);
  const letter = line.from + (/\S/.exec(line.text)?.index ?? 0);
  let node: Node | null = syntaxTree(state).resolveInner(letter, 1);
  let innermost: Node | null = null;
  for (; node !== null; node = node.parent) {
    if (!isStatement(node)) {
      continue;
    }
    innermost ??= node;
    if (node.from < line.from && !COMPOUND.test(node.name)) {
      return whole(node);
    }
  }
  return innermost === null ? null : whole(innermost);
}

/** Without the blank and comment lines that the parser counts to the end of a block. */
function spanOf(state: EditorState, node: Node | null): ISpan | null {
  if (node === null) {
    return null;
  }
  let line = state.doc.lineAt(node.to);
  let { to } = node;
  while (
    line.from > node.from &&
    EMPTY.test(line.text.slice(0, to - line.from))
  ) {
    line = state.doc.line(line.number - 1);
    ({ to } = line);
  }
  return { from: node.from, to };
}
