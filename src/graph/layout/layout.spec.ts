import { afterEach, describe, expect, it, vi } from 'vitest';

import type { NodeId, Position } from '../../api/types.gen';
import { towards } from '../map/direction';
import { DEFAULT_FILTER, shown } from '../model/filter';
import { solver } from './forces';
import { runLayout } from './layout';
import { buildModel, type IGraphModel } from '../model/model';
import { Places } from './places';
import { layoutProblem } from './problem';
import { sampleGraph } from '../model/sample';

const model = buildModel(sampleGraph(90));
const all = shown(model, DEFAULT_FILTER);

function laidOut(
  known: ReadonlyMap<NodeId, Position> = new Map(),
  of: IGraphModel = model
): Map<NodeId, Position> {
  const problem = layoutProblem(of, shown(of, DEFAULT_FILTER), known);
  if (problem === null) {
    throw new Error('nothing to lay out');
  }
  const run = solver(problem);
  expect(run.run(() => true)).toBe(true);
  const xy = run.positions();
  return new Map(
    [...problem.nodes].map((index, n) => [
      of.nodes[index].id,
      { x: xy[2 * n], y: xy[2 * n + 1] }
    ])
  );
}

const whole = laidOut();
const distance = (a: Position, b: Position): number =>
  Math.hypot(a.x - b.x, a.y - b.y);
const at = (places: ReadonlyMap<NodeId, Position>, id: NodeId): Position =>
  places.get(id) as Position;

describe('layout', () => {
  it('is the same each time, in one go and in slices', () => {
    expect(laidOut()).toEqual(whole);
    const problem = layoutProblem(model, all, new Map());
    const [one, other] = [solver(problem!), solver(problem!)];
    one.run(() => true);
    while (!other.run(() => false)) {
      // One tick a slice.
    }
    expect(other.positions()).toEqual(one.positions());
  });

  it('gives every node a finite place of its own', () => {
    const places = [...whole.values()];
    places.forEach(({ x, y }) => expect(Number.isFinite(x + y)).toBe(true));
    for (const a of places) {
      for (const b of places) {
        expect(a === b || distance(a, b) > 4).toBe(true);
      }
    }
  });

  it('gathers the concepts of a cluster', () => {
    const mean = (numbers: number[]): number =>
      numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
    const own: number[] = [];
    const foreign: number[] = [];
    const concepts = model.nodes.filter(({ type }) => type === 'concept');
    for (const a of concepts) {
      for (const b of concepts) {
        if (a !== b) {
          const list = a.cluster === b.cluster ? own : foreign;
          list.push(distance(at(whole, a.id), at(whole, b.id)));
        }
      }
    }
    expect(mean(own)).toBeLessThan(0.5 * mean(foreign));
  });

  it('moves no node that has a place, and puts new ones beside their neighbours', () => {
    const isNew = (n: number): boolean => n % 7 === 3;
    const known = new Map(
      model.nodes
        .filter(({ index }) => !isNew(index))
        .map(({ id }) => [id, at(whole, id)])
    );
    const after = laidOut(known);
    const width = Math.max(
      ...[...whole.values()].map(place => distance(place, { x: 0, y: 0 }))
    );
    for (const { id, index } of model.nodes) {
      if (!isNew(index)) {
        expect(after.get(id)).toEqual(known.get(id));
      } else if (model.links[index].length > 0) {
        const nearest = Math.min(
          ...model.links[index].map(({ other }) =>
            distance(at(after, id), at(after, model.nodes[other].id))
          )
        );
        expect(nearest).toBeLessThan(width / 2);
      }
    }
  });

  it('has nothing to do where all is known', () => {
    expect(layoutProblem(model, all, whole)).toBeNull();
  });
});

describe('runLayout', () => {
  const problem = layoutProblem(model, all, new Map())!;
  const large = layoutProblem(
    buildModel(sampleGraph(520)),
    new Uint8Array(520).fill(1),
    new Map()
  )!;

  it('ends with null when it was stopped', async () => {
    const run = runLayout(problem);
    run.stop();
    expect(await run.done).toBeNull();
  });

  it('uses a worker for large graphs only', async () => {
    const made: unknown[] = [];
    class Fake {
      onmessage: ((event: unknown) => void) | null = null;
      constructor() {
        made.push(this);
      }
      postMessage(): void {
        this.onmessage?.({ data: { xy: new Float32Array([1]), done: true } });
      }
      terminate(): void {
        made.push('ended');
      }
    }
    const makeWorker = () => new Fake() as unknown as Worker;
    await runLayout(problem, { makeWorker }).done;
    expect(made).toEqual([]);
    expect(await runLayout(large, { makeWorker }).done).toEqual(
      new Float32Array([1])
    );
    expect(made).toContain('ended');
  });

  it('does it in slices where a worker is forbidden or breaks', async () => {
    const short = { ...large, ticks: 2 };
    const forbidden = () => {
      throw new Error('policy');
    };
    class Broken {
      onerror: ((event: Event) => void) | null = null;
      postMessage(): void {
        setTimeout(() => this.onerror?.(new Event('error')));
      }
      terminate(): void {
        // It never ran.
      }
    }
    const broken = () => new Broken() as unknown as Worker;
    for (const makeWorker of [forbidden, broken]) {
      const xy = await runLayout(short, { makeWorker }).done;
      expect(xy).toHaveLength(2 * large.nodes.length);
    }
  });
});

describe('Places', () => {
  afterEach(() => vi.useRealTimers());
  const done = { done: Promise.resolve(null), stop: () => undefined };

  it('saves what was moved once, after a pause, for the right document', () => {
    vi.useFakeTimers();
    const saved: unknown[] = [];
    const places = new Places(
      {
        savePositions: async (document, positions) => {
          saved.push([document, [...positions.keys()]]);
        }
      },
      () => done
    );
    places.setModel(model, 'a.py', 'w');
    const [one, other] = model.nodes;
    places.move(one.id, 1, 2);
    places.move(other.id, 3, 4);
    places.move(one.id, 5, 6);
    expect(saved).toEqual([]);
    vi.advanceTimersByTime(5000);
    expect(saved).toEqual([['a.py', [one.id, other.id]]]);
    expect([...places.xy.slice(0, 2)]).toEqual([5, 6]);
    places.move(one.id, 0, 0);
    places.dispose();
    expect(saved).toHaveLength(2);
    vi.advanceTimersByTime(5000);
    expect(saved).toHaveLength(2);
  });

  it('lays out, keeps what it found, and survives a server that refuses', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const places = new Places({
      savePositions: () => Promise.reject(new Error('read only'))
    });
    places.setModel(model, 'a.py', 'w');
    let last = new Float32Array();
    await places.arrange(all, xy => {
      last = new Float32Array(xy);
    });
    expect(last.some(Number.isNaN)).toBe(false);
    expect(places.xy).toEqual(last);
    places.dispose();
    await Promise.resolve();
    await Promise.resolve();
    expect(warned).toHaveBeenCalledOnce();
    warned.mockRestore();
  });

  it('forgets the places of another workspace', () => {
    const places = new Places({ savePositions: async () => {} }, () => done);
    places.setModel(model, 'a.py', 'w');
    places.move(model.nodes[0].id, 1, 2);
    places.setModel(model, 'b.py', 'other');
    expect(places.xy[0]).toBeNaN();
    places.dispose();
  });
});

describe('towards', () => {
  // A cross around node 0, and one node far to the right.
  const xy = Float32Array.from([0, 0, 0, -10, 0, 10, -10, 0, 10, 1, 90, 0]);
  const others = [0, 1, 2, 3, 4, 5];

  it.each([
    ['up', 1],
    ['down', 2],
    ['left', 3],
    ['right', 4]
  ] as const)('%s', (direction, index) => {
    expect(towards(xy, 0, others, direction)).toBe(index);
  });

  it('finds nobody where nobody is, and nobody without a place', () => {
    expect(towards(xy, 5, others, 'right')).toBe(-1);
    expect(towards(Float32Array.from([0, 0, NaN, NaN]), 0, [1], 'up')).toBe(-1);
  });
});
