import { describe, expect, it } from 'vitest';

import type { ClusterId, KnowledgeGraph, NodeId } from '../../api/types.gen';
import { connectionsOf } from './connections';
import { DEFAULT_FILTER, focusSet, isDefault, shown, toggled } from './filter';
import { buildModel, nodeOfDocument } from './model';
import { sampleGraph } from './sample';
import { search } from './search';

const graph = sampleGraph(120);
const model = buildModel(graph);
const all = shown(model, DEFAULT_FILTER);
const id = (text: string): NodeId => text as NodeId;
const index = (text: string): number => {
  const node = model.byId.get(id(text));
  if (node === undefined) {
    throw new Error(`no ${text}`);
  }
  return node.index;
};

function withEdge(source: string, target: string): KnowledgeGraph {
  const data = {
    source: id(source),
    target: id(target),
    type: 'calls' as const,
    file_path: '',
    line: 1,
    cell: null,
    count: 1
  };
  return {
    ...graph,
    elements: { ...graph.elements, edges: [...graph.elements.edges, { data }] }
  };
}

describe('buildModel', () => {
  it('links both ways and counts each end once', () => {
    model.edges.forEach(({ source, target }, edge) => {
      expect(model.links[source]).toContainEqual({
        edge,
        other: target,
        outgoing: true
      });
      expect(model.links[target]).toContainEqual({
        edge,
        other: source,
        outgoing: false
      });
    });
    const ends = model.nodes.reduce((sum, { degree }) => sum + degree, 0);
    expect(ends).toBe(2 * model.edges.length);
  });

  it('leaves out edges to nowhere, loops and doubled nodes', () => {
    for (const broken of [
      withEdge('pkg/part_0.py', 'gone'),
      withEdge('pkg/part_0.py', 'pkg/part_0.py')
    ]) {
      expect(buildModel(broken).edges).toHaveLength(model.edges.length);
    }
    const doubled = {
      ...graph,
      elements: {
        ...graph.elements,
        nodes: [...graph.elements.nodes, ...graph.elements.nodes]
      }
    };
    expect(buildModel(doubled).nodes).toHaveLength(model.nodes.length);
  });

  it('gives concepts their cluster’s colour and code none', () => {
    expect(model.nodes[0].colour).toBe('#068adc');
    expect(model.nodes[index('pkg/part_0.py')].colour).toBeNull();
    expect(model.nodes[4].hollow).toBe(true);
  });

  it('finds the open document inside its workspace only', () => {
    const find = (document: string, prefix: string) =>
      nodeOfDocument(model, document, prefix)?.id;
    expect(find('work/pkg/part_0.py', 'work')).toBe('pkg/part_0.py');
    expect(find('pkg/part_0.py', '')).toBe('pkg/part_0.py');
    expect(find('workpkg/part_0.py', 'work')).toBeUndefined();
    expect(find('', '')).toBeUndefined();
  });
});

describe('filter', () => {
  it('hides libraries until asked for, and concepts by cluster', () => {
    const library = {
      data: {
        id: id('external:torch'),
        type: 'external' as const,
        label: 'torch',
        file_path: null,
        source: 'external' as const,
        library: 'torch',
        docstring: ''
      },
      position: null
    };
    const more = buildModel({
      ...graph,
      elements: {
        ...graph.elements,
        nodes: [...graph.elements.nodes, library]
      }
    });
    const last = more.nodes.length - 1;
    expect(shown(more, DEFAULT_FILTER).nodes[last]).toBe(0);
    const hiddenTypes = toggled(DEFAULT_FILTER.hiddenTypes, 'external');
    expect(shown(more, { ...DEFAULT_FILTER, hiddenTypes }).nodes[last]).toBe(1);

    const hiddenClusters = new Set(['first' as ClusterId]);
    const seen = shown(model, { ...DEFAULT_FILTER, hiddenClusters });
    model.nodes.forEach(({ cluster }, n) =>
      expect(seen.nodes[n]).toBe(cluster === 'first' ? 0 : 1)
    );
  });

  it('hides connections of a kind, and all of a node that is hidden', () => {
    const hiddenKinds = new Set(['calls' as const]);
    const seen = shown(model, { ...DEFAULT_FILTER, hiddenKinds });
    model.edges.forEach(({ kind }, n) =>
      expect(seen.edges[n]).toBe(kind === 'calls' ? 0 : 1)
    );
    const hiddenTypes = new Set(['concept' as const]);
    const code = shown(model, { ...DEFAULT_FILTER, hiddenTypes });
    model.edges.forEach(({ source, target }, n) =>
      expect(code.edges[n]).toBe(code.nodes[source] & code.nodes[target])
    );
    expect(isDefault(DEFAULT_FILTER)).toBe(true);
    expect(isDefault({ ...DEFAULT_FILTER, hiddenKinds })).toBe(false);
  });

  it('toggles without touching the set it was given', () => {
    const before = new Set(['a']);
    expect([...toggled(before, 'b')]).toEqual(['a', 'b']);
    expect([...toggled(before, 'a')]).toEqual([]);
    expect([...before]).toEqual(['a']);
  });
});

describe('focusSet', () => {
  const start = index('pkg/part_0.py');

  it('is the ball of that radius where there is room', () => {
    for (const hops of [0, 1, 2]) {
      const distance = new Map([[start, 0]]);
      const queue = [start];
      for (const at of queue) {
        for (const { other } of model.links[at]) {
          if (!distance.has(other)) {
            distance.set(other, (distance.get(at) as number) + 1);
            queue.push(other);
          }
        }
      }
      const ball = [...distance].filter(([, d]) => d <= hops).map(([n]) => n);
      const found = focusSet(model, [start], hops, all, Infinity);
      expect([...found].sort()).toEqual(ball.sort());
    }
  });

  it('keeps all direct neighbours, but never more than the room beyond them', () => {
    const near = focusSet(model, [start], 1, all, 3);
    expect(near).toEqual(focusSet(model, [start], 1, all, Infinity));
    expect(focusSet(model, [start], 4, all, 20).size).toBeLessThanOrEqual(
      Math.max(20, near.size)
    );
  });

  it('walks through nothing that is hidden', () => {
    const nodes = all.nodes.slice();
    const none = { nodes, edges: new Uint8Array(model.edges.length) };
    expect([...focusSet(model, [start], 5, none)]).toEqual([start]);
    nodes[start] = 0;
    expect(focusSet(model, [start], 5, none).size).toBe(0);
  });
});

describe('search', () => {
  const labels = (query: string): string[] =>
    search(model, all.nodes, query).nodes.map(({ label }) => label);

  it('puts the whole label first, then beginnings', () => {
    expect(labels('thing_1')[0]).toBe('thing_1');
    expect(labels('idea number 3')[0]).toBe('Idea number 3');
    expect(labels('PART')[0]).toMatch(/^part_/);
  });

  it('wants every word, and finds nothing for nothing', () => {
    expect(labels('idea zzz')).toEqual([]);
    expect(labels('   ')).toEqual([]);
    expect(labels('number idea 0')[0]).toBe('Idea number 0');
  });

  it('tells of matches that the filter hides, and of those beyond the list', () => {
    const none = new Uint8Array(model.nodes.length);
    const found = search(model, none, 'thing');
    expect(found.nodes).toEqual([]);
    expect(found.hidden).toBeGreaterThan(20);
    const many = search(model, all.nodes, 'thing');
    expect(many.nodes.length + many.more).toBe(found.hidden);
  });
});

describe('connectionsOf', () => {
  it('groups each shown neighbour once by what is said', () => {
    const file = model.nodes[index('pkg/part_0.py')];
    const groups = connectionsOf(model, file, all);
    const neighbours = new Set(model.links[file.index].map(l => l.other));
    const listed = groups.flatMap(({ connections }) =>
      connections.map(({ node }) => node.index)
    );
    expect(new Set(listed)).toEqual(neighbours);
    for (const { connections, kind, outgoing } of groups) {
      for (const { node, edge } of connections) {
        const { source, target } = model.edges[edge];
        expect(model.edges[edge].kind).toBe(kind);
        expect(outgoing ? [source, target] : [target, source]).toEqual([
          file.index,
          node.index
        ]);
      }
    }
    expect(
      connectionsOf(model, file, {
        nodes: all.nodes,
        edges: new Uint8Array(model.edges.length)
      })
    ).toEqual([]);
  });
});
