/**
 * What "ask about this" means in an editor: the selected lines, else the tag on the line,
 * else the line itself, each with the function or class around it.
 */
import type { EditorView } from '@codemirror/view';
import { PathExt } from '@jupyterlab/coreutils';

import type { KnowledgeGraph, NodeId } from '../api/types.gen';
import { nodeIdOf } from './explaining';
import type { Tag } from './tags';

/** Arguments of the command `askAbout`. */
export interface IAsked {
  readonly about?: NodeId;
  readonly selection?: string;
}

/** Where an editor's text comes from: a path inside the workspace, and a cell. */
export interface IPlace {
  readonly filePath: string;
  readonly cell: string | null;
}

/** null: there is nothing here to ask about. */
export function askedAt(
  { state }: EditorView,
  /** On the line of the cursor. */
  tags: readonly Tag[],
  /** The function or class around a line (counted from 1), where it is known. */
  around: (line: number) => NodeId | null
): IAsked | null {
  const { main } = state.selection;
  const line = state.doc.lineAt(main.head);
  if (!main.empty) {
    const first = state.doc.lineAt(main.from).number;
    return asked(around(first), state.sliceDoc(main.from, main.to));
  }
  const named = tags.map(nodeIdOf).find(id => id !== null);
  return named !== undefined
    ? { about: named }
    : asked(around(line.number), line.text);
}

function asked(about: NodeId | null, selection: string): IAsked | null {
  return selection.trim() === ''
    ? null
    : { selection, ...(about === null ? {} : { about }) };
}

/** The innermost function or class of a graph that holds a line; null where there is none. */
export function nodeAround(
  graph: KnowledgeGraph,
  { filePath, cell }: IPlace,
  line: number
): NodeId | null {
  let found: { readonly id: NodeId; readonly lines: number } | null = null;
  for (const { data } of graph.elements.nodes) {
    if (
      (data.type === 'class' || data.type === 'function') &&
      data.file_path === filePath &&
      data.cell === cell &&
      data.line <= line &&
      line <= data.end_line
    ) {
      const lines = data.end_line - data.line;
      if (found === null || lines < found.lines) {
        found = { id: data.id, lines };
      }
    }
  }
  return found?.id ?? null;
}

/** A path inside Jupyter's root as one inside the workspace at `prefix`; null outside of it. */
export function inWorkspace(path: string, prefix: string): string | null {
  const inside = PathExt.relative(prefix, path);
  return inside.startsWith('..') ? null : inside;
}
