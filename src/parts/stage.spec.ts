import { describe, expect, it } from 'vitest';

import type { KnowledgeGraph } from '../api/types.gen';
import { stageOf } from './stage';

const graph = {
  elements: { nodes: [{}], edges: [] }
} as unknown as KnowledgeGraph;

describe('stageOf', () => {
  const workspace = { prefix: 'w', name: 'w', writable: true };
  const state = {
    content_hash: 'h',
    files: 1,
    nodes: 1,
    edges: 0,
    errors: 0,
    warnings: 0
  };
  const status = (place: typeof workspace | null, index: typeof state | null) =>
    ({
      kind: 'ready',
      value: { version: '1', workspace: place, index, indexing: false }
    }) as const;
  const nothing = { kind: 'nothing' } as const;
  const loading = { kind: 'loading' } as const;
  const failed = { kind: 'failed', sentence: 'No.', hint: 'So.' } as const;
  const ready = { kind: 'ready', value: graph } as const;
  const empty = {
    kind: 'ready',
    value: { ...graph, elements: { nodes: [], edges: [] } }
  } as const;

  it.each([
    [nothing, nothing, 'loading'],
    [failed, failed, 'failed'],
    [status(null, null), nothing, 'no-workspace'],
    [status(workspace, null), nothing, 'not-indexed'],
    [status(workspace, state), loading, 'loading'],
    [status(workspace, state), failed, 'failed'],
    [status(workspace, state), empty, 'empty'],
    [status(workspace, state), ready, 'ready']
  ])('%# %o', (one, other, kind) => {
    expect(stageOf(one, other, null).kind).toBe(kind);
  });

  it('keeps the map in view while the next one is loading', () => {
    expect(stageOf(status(workspace, state), loading, graph)).toMatchObject({
      kind: 'ready',
      graph
    });
  });
});
