import { describe, expect, it } from 'vitest';

import type { ClusterId, EdgeData, NodeId } from '../../api/types.gen';
import { between, KINDS } from './connections';
import { DEFAULT_FILTER, shown } from './filter';
import { buildModel, type IGraphModel } from './model';
import { shortestPath } from './path';
import { clusterHomes, regionsOf } from './regions';
import { sampleGraph } from './sample';
import { visited } from './trail';

const words = { libraries: 'Libraries', rest: 'Other', top: 'Code' };
const model = buildModel(sampleGraph(200));
const view = shown(model, DEFAULT_FILTER);

/** How many steps each node is away, walked in the simplest way. */
function distances(from: number): Map<number, number> {
  const found = new Map([[from, 0]]);
  for (const at of found.keys()) {
    for (const { other } of model.links[at]) {
      if (!found.has(other)) {
        found.set(other, (found.get(at) as number) + 1);
      }
    }
  }
  return found;
}

describe('shortestPath', () => {
  it('is as short as can be, and its edges join its nodes', () => {
    for (const from of [0, 17, 63, 120]) {
      const away = distances(from);
      for (let to = 0; to < model.nodes.length; to += 7) {
        const path = shortestPath(model, from, to, view);
        expect(path?.edges.length).toBe(away.get(to));
        path?.edges.forEach((edge, n) => {
          const { source, target } = model.edges[edge];
          expect([source, target].sort()).toEqual(
            [path.nodes[n], path.nodes[n + 1]].sort()
          );
        });
        expect(path === null || path.nodes[0] === from).toBe(true);
        expect(path === null || path.nodes.at(-1) === to).toBe(true);
      }
    }
  });

  it('walks only what is shown', () => {
    const none = { ...view, edges: new Uint8Array(model.edges.length) };
    expect(shortestPath(model, 0, 1, none)).toBeNull();
    expect(shortestPath(model, 5, 5, none)).toEqual({ nodes: [5], edges: [] });
    const hidden = { ...view, nodes: new Uint8Array(model.nodes.length) };
    expect(shortestPath(model, 5, 5, hidden)).toBeNull();
  });

  it('prefers the more telling reason among equally short ways', () => {
    const { source, target } = model.edges.find(
      ({ kind }) => kind === 'contains'
    )!;
    const path = shortestPath(model, source, target, view);
    const best = between(model, source, target, view)[0];
    expect(path?.edges).toEqual([best]);
  });
});

describe('between', () => {
  it('finds all reasons both ways, the most telling first', () => {
    const { source, target } = model.edges[model.edges.length - 1];
    const found = between(model, source, target, view);
    expect(found).toEqual([...between(model, target, source, view)]);
    const ranks = found.map(edge => KINDS.indexOf(model.edges[edge].kind));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  });
});

describe('visited', () => {
  const ids = Array.from({ length: 30 }, (_, n) => `n${n}` as NodeId);

  it('has each node once, the newest last, and not without end', () => {
    const trail = [...ids, ids[25]].reduce(visited, [] as readonly NodeId[]);
    expect(trail.at(-1)).toBe('n25');
    expect(new Set(trail).size).toBe(trail.length);
    expect(trail.length).toBeLessThan(ids.length);
    expect(visited(trail, trail.at(-1)!)).toBe(trail);
  });
});

describe('regions', () => {
  it('hold every top-level node once', () => {
    const members = regionsOf(model, words).flatMap(region => region.members);
    const tops = model.nodes.filter(({ parent }) => parent < 0);
    expect(members.sort((a, b) => a - b)).toEqual(tops.map(n => n.index));
  });

  /** A file, a function in it, and concepts of two clusters that explain them. */
  function explained(first: number, second: number): IGraphModel {
    const graph = sampleGraph(60);
    const concept = (cluster: string): NodeId[] =>
      graph.elements.nodes
        .filter(
          ({ data }) => data.type === 'concept' && data.cluster === cluster
        )
        .map(({ data }) => data.id);
    const edge = (source: NodeId): EdgeData => ({
      source,
      target: 'pkg/part_0.py:thing_3' as NodeId,
      type: 'explains',
      file_path: 'pkg/part_0.py',
      line: 1,
      cell: null,
      count: 1
    });
    const rest = graph.elements.edges.filter(
      ({ data }) => data.type !== 'explains'
    );
    const added = [
      ...Array<NodeId>(first).fill(concept('first')[0]),
      ...Array<NodeId>(second).fill(concept('second')[0])
    ].map(source => ({ data: edge(source) }));
    return buildModel({
      ...graph,
      elements: { ...graph.elements, edges: [...rest, ...added] }
    });
  }

  it('a file belongs where the concepts that explain its code belong', () => {
    const cluster = (of: IGraphModel): ClusterId | undefined => {
      const { index } = of.byId.get('pkg/part_0.py' as NodeId)!;
      return of.clusters[clusterHomes(of)[index]]?.id;
    };
    expect(cluster(explained(1, 0))).toBe('first');
    expect(cluster(explained(0, 2))).toBe('second');
    expect(cluster(explained(0, 0))).toBeUndefined();
    // Equally many: the first in the course.
    expect(cluster(explained(1, 1))).toBe('first');
  });

  it('code that nothing explains gathers by folder', () => {
    const none = explained(0, 0);
    const folder = regionsOf(none, words).find(({ key }) =>
      key.startsWith('folder:')
    );
    expect(folder).toMatchObject({ title: 'pkg/', colour: null });
  });
});
