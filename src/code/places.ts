/** Workspace paths and Jupyter paths, and what a node id says by itself. Pure. */
import { PathExt } from '@jupyterlab/coreutils';

import type { NodeData, NodeId, Status } from '../api/types.gen';

/** Where code opens: a path of the workspace, and 1-based lines in file or cell. */
export interface IPlace {
  readonly filePath: string;
  readonly line: number;
  readonly endLine: number;
  /** nbformat id of the cell; null in a plain file. */
  readonly cell: string | null;
}

/** The path that Jupyter opens, or null when no workspace is known. */
export function jupyterPath(status: Status, filePath: string): string | null {
  return status.workspace === null
    ? null
    : PathExt.join(status.workspace.prefix, filePath);
}

export type NodeKind = 'concept' | 'viz' | 'lesson' | 'external' | 'code';

const PREFIX = /^(concept|viz|lesson|external):/;

/** The kind is the first part of the id; a path has none of these prefixes. */
export function kindOf(id: NodeId): NodeKind {
  return (PREFIX.exec(id)?.[1] as NodeKind | undefined) ?? 'code';
}

/** `external:torch.nn.Linear` → `torch.nn.Linear`. */
export function nameOf(id: NodeId): string {
  return id.replace(PREFIX, '');
}

/** Where a node's code stands; null for nodes that are no code. */
export function placeOf(node: NodeData): IPlace | null {
  switch (node.type) {
    case 'file':
    case 'class':
    case 'function':
      return {
        filePath: node.file_path,
        line: node.line,
        // The whole of a file or class would flash the screen: its head is enough.
        endLine: node.type === 'function' ? node.end_line : node.line,
        cell: node.cell
      };
    case 'concept':
    case 'lesson':
    case 'viz':
    case 'external':
      return null;
    default:
      return node satisfies never;
  }
}

/** Lines of an index that may be older than the file, as lines that exist. */
export function clampLines(
  line: number,
  endLine: number,
  count: number
): [number, number] {
  const first = Math.min(Math.max(1, line), count);
  return [first, Math.min(Math.max(first, endLine), count)];
}
