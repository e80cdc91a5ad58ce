/** The lines of code nodes that an editor shows. */
import { PathExt } from '@jupyterlab/coreutils';
import type { EditorView } from '@codemirror/view';

import type { NodeId } from '../api/types.gen';
import type { ISource, OpenDocuments } from '../state/documents';
import { nodeOf } from '../state/graph';
import type { ISession } from '../tokens';
import type { ILineSpan } from './lighting';

export function spansOf(
  documents: OpenDocuments,
  session: ISession,
  view: EditorView,
  ids: readonly NodeId[]
): ILineSpan[] {
  const graph = session.graph.value;
  const status = session.status.value;
  if (graph.kind !== 'ready' || status.kind !== 'ready') {
    return [];
  }
  const spans: ILineSpan[] = [];
  let source: ISource | null | undefined;
  for (const id of ids) {
    const node = id.includes('.py') ? nodeOf(graph.value, id) : null;
    if (node?.type !== 'class' && node?.type !== 'function') {
      continue; // a whole file would light everything and say nothing
    }
    source ??= documents.source(view);
    const prefix = status.value.workspace?.prefix ?? '';
    const path = PathExt.join(prefix, node.file_path);
    if (source?.path === path && source.cell === node.cell) {
      spans.push({ first: node.line, last: node.end_line });
    }
  }
  return spans;
}
