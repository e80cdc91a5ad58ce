import type { IStateDB } from '@jupyterlab/statedb';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { KnowledgeGraph, NodeId, Position } from '../../api/types.gen';
import { buildModel, type IGraphModel } from '../model/model';
import { regionsOf } from '../model/regions';
import { sampleGraph } from '../model/sample';
import { findBoxes, findRegions } from './boxes';
import { Pins } from './pins';
import { Places } from './places';
import { boxAt, gapBetween, type IBox, meet, reachOf } from './sizes';
import { wholeLayout } from './whole';

const words = { libraries: 'Libraries', rest: 'Other', top: 'Code' };
const graph = sampleGraph(400);
const model = buildModel(graph);
const regions = regionsOf(model, words);
const whole = wholeLayout(model, regions);

function boxOf(
  of: IGraphModel,
  places: ReadonlyMap<NodeId, Position>,
  index: number
): IBox {
  const node = of.nodes[index];
  const { x, y } = places.get(node.id) as Position;
  return boxAt(x, y, reachOf(of, node));
}

function without(
  some: KnowledgeGraph,
  gone: (id: NodeId) => boolean
): KnowledgeGraph {
  const { nodes, edges } = some.elements;
  return {
    ...some,
    elements: {
      nodes: nodes.filter(({ data }) => !gone(data.id)),
      edges: edges.filter(
        ({ data }) => !gone(data.source) && !gone(data.target)
      )
    }
  };
}

const silent = { savePositions: async () => {} };
const never = new Places(silent);

/** The places of a graph as a later one finds them. */
function placesOf(places: Places, of: IGraphModel): Map<NodeId, Position> {
  return new Map(of.nodes.map(({ id }) => [id, places.at(id) as Position]));
}

describe('the whole map', () => {
  it('has a place for a function inside a function, below it', () => {
    const outer = graph.elements.nodes.find(
      ({ data }) => data.type === 'function'
    );
    if (outer?.data.type !== 'function') {
      throw new Error('The sample has no function.');
    }
    const inner = { ...outer.data, id: `${outer.data.id}.inner` as NodeId };
    const deeper = { ...outer.data, id: `${inner.id}.deeper` as NodeId };
    const contains = (source: NodeId, target: NodeId) => ({
      data: {
        source,
        target,
        type: 'contains' as const,
        file_path: inner.file_path,
        line: inner.line,
        cell: null,
        count: 1
      }
    });
    const nested = buildModel({
      ...graph,
      elements: {
        nodes: [...graph.elements.nodes, { data: inner }, { data: deeper }],
        edges: [
          ...graph.elements.edges,
          contains(outer.data.id, inner.id),
          contains(inner.id, deeper.id)
        ]
      }
    });
    const made = wholeLayout(nested, regionsOf(nested, words));
    expect(made.size).toBe(nested.nodes.length);
    const y = (id: NodeId): number => made.get(id)?.y ?? NaN;
    expect(y(inner.id)).toBeGreaterThan(y(outer.data.id));
    expect(y(deeper.id)).toBeGreaterThan(y(inner.id));
  });

  it('is the same each time and gives every node a place', () => {
    expect(wholeLayout(model, regions)).toEqual(whole);
    model.nodes.forEach(({ id }) => {
      const { x, y } = whole.get(id) as Position;
      expect(Number.isFinite(x + y)).toBe(true);
    });
  });

  it('is as wide as the panel asks for, and still the same each time', () => {
    const form = (asked: number): number => {
      const made = wholeLayout(model, regions, asked);
      expect(wholeLayout(model, regions, asked)).toEqual(made);
      const all = [...made.values()];
      const [xs, ys] = [all.map(({ x }) => x), all.map(({ y }) => y)];
      return (
        (Math.max(...xs) - Math.min(...xs)) /
        (Math.max(...ys) - Math.min(...ys))
      );
    };
    expect(form(0.58)).toBeLessThan(0.9);
    expect(form(1.6)).toBeGreaterThan(1.2);
  });

  it('leaves each name its room: no two nodes with their names overlap', () => {
    const boxes = model.nodes.map(({ index }) => boxOf(model, whole, index));
    boxes.forEach((one, n) =>
      boxes.slice(n + 1).forEach(other => expect(meet(one, other)).toBe(false))
    );
  });

  it('puts what a file holds on its sheet, and no sheet on another', () => {
    const boxes = findBoxes(model, index => boxOf(model, whole, index));
    const files = model.nodes.filter(({ type }) => type === 'file');
    expect(files.length).toBeGreaterThan(10);
    for (const { index, parent } of model.nodes) {
      if (parent >= 0) {
        const sheet = boxes[parent] as IBox;
        const own = boxOf(model, whole, index);
        expect(sheet.x0 <= own.x0 && sheet.x1 >= own.x1).toBe(true);
        expect(sheet.y0 <= own.y0 && sheet.y1 >= own.y1).toBe(true);
      }
    }
    files.forEach((one, n) =>
      files
        .slice(n + 1)
        .forEach(other =>
          expect(meet(boxes[one.index]!, boxes[other.index]!)).toBe(false)
        )
    );
  });

  it('keeps regions apart, each around its own', () => {
    const boxes = findBoxes(model, index => boxOf(model, whole, index));
    const around = findRegions(
      regions,
      index => boxes[index] ?? boxOf(model, whole, index)
    );
    expect(around).toHaveLength(regions.length);
    around.forEach((one, n) =>
      around.slice(n + 1).forEach(other => expect(meet(one, other)).toBe(false))
    );
  });

  it('is there at once, for 2,000 nodes too', () => {
    const large = buildModel(sampleGraph(2000));
    const start = performance.now();
    expect(wholeLayout(large, regionsOf(large, words)).size).toBe(2000);
    expect(performance.now() - start).toBeLessThan(1500);
  });
});

describe('a graph that changed', () => {
  const one = model.nodes.find(
    ({ type, parent }) => type === 'function' && parent >= 0
  )!;
  const file = model.nodes.filter(({ type }) => type === 'file')[3];
  const concept = model.nodes.filter(({ type }) => type === 'concept')[5];
  const gone = (id: NodeId): boolean =>
    id === one.id ||
    id === concept.id ||
    id === file.id ||
    id.startsWith(`${file.id}:`);

  it('moves no known node at all, and puts new ones beside theirs, on nobody', () => {
    const places = new Places(silent);
    const before = buildModel(without(graph, gone));
    places.setModel(before, regionsOf(before, words), '', 'w');
    const were = placesOf(places, before);
    places.setModel(model, regions, '', 'w');
    were.forEach((place, id) => expect(places.at(id)).toEqual(place));

    const now = placesOf(places, model);
    const boxes = model.nodes.map(({ index }) => boxOf(model, now, index));
    const sheets = findBoxes(model, index => boxes[index]);
    for (const { id, index, parent } of model.nodes.filter(n => gone(n.id))) {
      const mine = boxes[index];
      boxes.forEach((other, n) =>
        expect(n !== index && meet(mine, other), `${id} on ${n}`).toBe(false)
      );
      const near = (
        parent >= 0
          ? [parent]
          : regions.find(({ members }) => members.includes(index))!.members
      ).filter(n => n !== index);
      const gaps = near.map(n => gapBetween(sheets[n] ?? boxes[n], mine));
      expect(Math.min(...gaps)).toBeLessThan(60);
    }
    places.dispose();
  });

  it('a place that the learner chose beats the server, here beats both', () => {
    const id = one.id;
    const remembered = buildModel({
      ...graph,
      elements: {
        ...graph.elements,
        nodes: graph.elements.nodes.map(node => ({
          ...node,
          position: { x: 1, y: 2 }
        }))
      }
    });
    const places = new Places(silent);
    const pinned = new Map([[id, { x: 30, y: 40 }]]);
    places.setModel(remembered, regions, '', 'w', pinned);
    expect(places.at(id)).toEqual({ x: 30, y: 40 });
    expect(places.at(concept.id)).toEqual({ x: 1, y: 2 });
    places.move(id, 5, 6);
    places.setModel(buildModel(graph), regions, '', 'w', pinned);
    expect(places.at(id)).toEqual({ x: 5, y: 6 });
    places.dispose();
  });

  it('tidies up all but what is pinned; a pinned file keeps what it holds', () => {
    const places = new Places(silent);
    places.setModel(model, regions, '', 'w');
    const were = placesOf(places, model);
    const held = model.nodes.find(({ parent }) => parent === file.index)!;
    for (const { id } of [file, held, concept]) {
      const { x, y } = places.at(id) as Position;
      places.move(id, x + 500, y - 300);
    }
    places.tidy(new Set([file.id]));
    expect(places.at(concept.id)).toEqual(were.get(concept.id));
    for (const { id } of [file, held]) {
      const { x, y } = were.get(id) as Position;
      expect(places.at(id)?.x).toBeCloseTo(x + 500);
      expect(places.at(id)?.y).toBeCloseTo(y - 300);
    }
    places.dispose();
  });
});

describe('Places', () => {
  afterEach(() => vi.useRealTimers());
  const [a, b] = model.nodes;

  it('saves what is new once, after a pause, for the right document', () => {
    vi.useFakeTimers();
    const saved: [string, number][] = [];
    const places = new Places({
      savePositions: async (document, positions) => {
        saved.push([document, positions.size]);
      }
    });
    places.setModel(model, regions, 'a.py', 'w');
    expect(saved).toEqual([]);
    vi.advanceTimersByTime(5000);
    expect(saved).toEqual([['a.py', model.nodes.length]]);
    places.move(a.id, 1, 2);
    places.move(b.id, 3, 4);
    places.move(a.id, 5, 6);
    vi.advanceTimersByTime(5000);
    expect(saved[1]).toEqual(['a.py', 2]);
    expect([...places.xy.slice(0, 2)]).toEqual([5, 6]);
    places.move(a.id, 0, 0);
    places.dispose();
    expect(saved).toHaveLength(3);
  });

  it('survives a server that refuses', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const places = new Places({
      savePositions: () => Promise.reject(new Error('read only'))
    });
    places.setModel(model, regions, 'a.py', 'w');
    places.dispose();
    await Promise.resolve();
    await Promise.resolve();
    expect(warned).toHaveBeenCalledOnce();
    expect(places.xy.some(Number.isNaN)).toBe(false);
    warned.mockRestore();
  });

  it('forgets the places of another workspace', () => {
    const places = new Places(silent);
    places.setModel(model, regions, 'a.py', 'w');
    places.move(a.id, 9999, 9999);
    places.setModel(model, regions, 'b.py', 'other');
    expect(places.at(a.id)?.x).not.toBe(9999);
    places.dispose();
    expect(never.at(a.id)).toBeNull();
  });
});

describe('Pins', () => {
  function database(kept: Record<string, unknown>): IStateDB {
    return {
      fetch: async (id: string) => kept[id],
      save: async (id: string, value: unknown) => {
        kept[id] = value;
      }
    } as unknown as IStateDB;
  }
  const id = 'pkg/a.py' as NodeId;

  it('come back in the same workspace, and only there', async () => {
    const kept = {};
    const pins = new Pins(database(kept));
    await pins.load('one');
    pins.pin(id, { x: 1, y: 2 });
    const later = new Pins(database(kept));
    await later.load('two');
    expect(later.ids.size).toBe(0);
    await later.load('one');
    expect(later.places.get(id)).toEqual({ x: 1, y: 2 });
    later.unpin(id);
    await new Pins(database(kept)).load('one');
    const last = new Pins(database(kept));
    await last.load('one');
    expect(last.ids.size).toBe(0);
  });

  it('take only what makes sense from what was kept', async () => {
    const key = 'nanochat-learn:graph-pins:w';
    for (const odd of [null, 'x', [1], { a: 1, b: ['x', 2], [id]: [3, 4] }]) {
      const pins = new Pins(database({ [key]: odd }));
      await pins.load('w');
      pins.ids.forEach(found => expect(found).toBe(id));
    }
    const without = new Pins(null);
    await without.load('w');
    without.pin(id, { x: 0, y: 0 });
    expect(without.ids.has(id)).toBe(true);
  });
});
