import { afterEach, describe, expect, it, vi } from 'vitest';

import type { KnowledgeGraph, NodeId, Position } from '../../api/types.gen';
import { wholeLayout } from '../layout/whole';
import { DEFAULT_FILTER, shown } from '../model/filter';
import { buildModel, type IGraphModel } from '../model/model';
import { regionsOf } from '../model/regions';
import { sampleGraph } from '../model/sample';
import { solver } from './forces';
import { FreePlaces } from './free-places';
import { type IForceProblem, settling } from './problem';
import { type ForceTask, type IForceRun, runForces } from './run';

const words = { libraries: 'Libraries', rest: 'Other', top: 'Code' };
const graph = sampleGraph(140);
const model = buildModel(graph);

function originOf(of: IGraphModel): Float32Array {
  const whole = wholeLayout(of, regionsOf(of, words));
  return Float32Array.from(
    of.nodes.flatMap(({ id }) => {
      const { x, y } = whole.get(id) as Position;
      return [x, y];
    })
  );
}

function problem(
  known: ReadonlyMap<NodeId, Position> = new Map(),
  of: IGraphModel = model,
  pinned: ReadonlySet<NodeId> = new Set()
): IForceProblem {
  const found = settling(
    {
      model: of,
      regions: regionsOf(of, words),
      shown: shown(of, DEFAULT_FILTER).nodes,
      origin: originOf(of),
      form: 0.5,
      known
    },
    pinned
  );
  if (found === null) {
    throw new Error('everybody has a place');
  }
  return found;
}

function solved(given: IForceProblem): Float32Array {
  const forces = solver(given);
  expect(forces.run(() => true)).toBe(true);
  return forces.positions();
}

const whole = problem();
const end = solved(whole);

function places(
  { nodes }: IForceProblem,
  xy: Float32Array
): Map<NodeId, Position> {
  return new Map(
    [...nodes].map((index, n) => [
      model.nodes[index].id,
      { x: xy[2 * n], y: xy[2 * n + 1] }
    ])
  );
}

const apart = (a: Position, b: Position): number =>
  Math.hypot(a.x - b.x, a.y - b.y);

describe('the forces', () => {
  it('end the same each time, in one go and step by step', () => {
    expect(solved(problem())).toEqual(end);
    const slow = solver(whole);
    let steps = 1;
    while (!slow.run(() => false)) {
      steps++;
    }
    expect(slow.positions()).toEqual(end);
    expect(steps).toBeGreaterThan(whole.steps - 3);
    expect(steps).toBeLessThan(whole.steps + 3);
  });

  it('leave the map of regions behind, and hardly anybody lies on another', () => {
    const all = [...places(whole, end).values()];
    all.forEach(({ x, y }) => expect(Number.isFinite(x + y)).toBe(true));
    let near = 0;
    all.forEach((a, n) =>
      all.slice(n + 1).forEach(b => (near += apart(a, b) < 14 ? 1 : 0))
    );
    expect(near).toBeLessThan(all.length / 20);
  });

  it('keep colours together', () => {
    const found = places(whole, end);
    const concepts = model.nodes.filter(({ type }) => type === 'concept');
    const mean = (same: boolean): number => {
      const gaps = concepts.flatMap(a =>
        concepts
          .filter(b => a !== b && (a.cluster === b.cluster) === same)
          .map(b => apart(found.get(a.id)!, found.get(b.id)!))
      );
      return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    };
    expect(mean(true)).toBeLessThan(0.6 * mean(false));
  });

  it('tell how far they are', () => {
    const forces = solver(whole);
    expect(forces.share).toBe(0);
    let last = 0;
    while (!forces.run(() => false)) {
      expect(forces.share).toBeGreaterThan(last);
      last = forces.share;
    }
    expect(forces.share).toBe(1);
  });

  it('move nobody who has a place while new ones settle beside theirs', () => {
    const isNew = (n: number): boolean => n % 9 === 4;
    const known = places(whole, end);
    model.nodes
      .filter(({ index }) => isNew(index))
      .forEach(({ id }) => known.delete(id));
    const patch = problem(known);
    const after = places(patch, solved(patch));
    const width = Math.max(...[...known.values()].map(({ x }) => Math.abs(x)));
    for (const { id, index } of model.nodes) {
      const at = after.get(id) as Position;
      const before = known.get(id);
      if (before !== undefined) {
        expect(apart(at, before)).toBeLessThan(1e-3);
      } else if (model.links[index].length > 0) {
        const gaps = model.links[index].map(({ other }) =>
          apart(at, after.get(model.nodes[other].id)!)
        );
        expect(Math.min(...gaps)).toBeLessThan(width);
      }
    }
  });

  it('hold what is pinned where it starts', () => {
    const { id } = model.nodes[3];
    const held = problem(
      new Map([[id, { x: 77, y: -40 }]]),
      model,
      new Set([id])
    );
    // One pin is no map that stands: everybody else starts from the regions.
    expect(held.steps).toBe(whole.steps);
    expect(places(held, solved(held)).get(id)).toEqual({ x: 77, y: -40 });
  });

  it('let neighbours follow a hand, and go on after it lets go', () => {
    const forces = solver({ ...whole, start: end, heat: 0.01, steps: 5 });
    const linked = [...whole.links].findIndex(
      (node, n) => n % 2 === 0 && whole.springs[n + 1] > 0.3 && node >= 0
    );
    const [a, b] = [whole.links[linked], whole.links[linked + 1]];
    const far = end[2 * a] + 400;
    const gap = (): number => Math.abs(forces.positions()[2 * b] - far);
    const before = gap();
    for (let n = 0; n < 80; n++) {
      forces.hold(a, far, end[2 * a + 1]);
      expect(forces.run(() => true)).toBe(false);
    }
    expect(forces.positions()[2 * a]).toBeCloseTo(far, 2);
    expect(gap()).toBeLessThan(before - 40);
    forces.drop();
    expect(forces.run(() => true)).toBe(true);
    expect(forces.positions()[2 * a]).not.toBeCloseTo(far, 0);
  });
});

describe('a run', () => {
  const sized = (count: number): IForceProblem => {
    const of = buildModel(sampleGraph(count));
    return { ...problem(new Map(), of), steps: 3 };
  };
  const [small, large] = [{ ...whole, steps: 40 }, sized(620)];
  afterEach(() => vi.restoreAllMocks());

  it('gives the page a turn at least every eight milliseconds', async () => {
    let now = 0;
    // Each look at the clock costs five: two steps and the slice is over.
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 5));
    const shares: number[] = [];
    const frames = vi.spyOn(globalThis, 'requestAnimationFrame');
    await runForces(small, { onNews: ({ share }) => shares.push(share) }).done;
    expect(shares.length).toBeGreaterThan(15);
    expect(frames.mock.calls.length).toBeGreaterThanOrEqual(shares.length);
    expect(shares.at(-1)).toBe(1);
  });

  it('stays where it has come to when it is stopped', async () => {
    let run: IForceRun | null = null;
    let last: Float32Array | null = null;
    vi.spyOn(performance, 'now').mockImplementation(
      (
        now => () =>
          (now += 9)
      )(0)
    );
    run = runForces(small, {
      onNews: ({ xy, share }) => {
        last = xy;
        if (share > 0.3) {
          run?.stop();
        }
      }
    });
    expect(await run.done).toEqual(last);
    expect(last).not.toEqual(solved(small));
  });

  it('is in a worker above 500 nodes only, and tells it what is held', async () => {
    const told: string[] = [];
    class Fake {
      onmessage: ((event: unknown) => void) | null = null;
      postMessage(task: ForceTask): void {
        told.push(task.kind);
        if (task.kind === 'drop') {
          const xy = new Float32Array([1]);
          this.onmessage?.({ data: { xy, share: 1, done: true } });
        }
      }
      terminate(): void {
        told.push('ended');
      }
    }
    const makeWorker = () => new Fake() as unknown as Worker;
    await runForces({ ...small, steps: 2 }, { makeWorker }).done;
    expect(told).toEqual([]);
    const run = runForces(large, { makeWorker });
    run.hold(0, 1, 2);
    run.drop();
    expect(await run.done).toEqual(new Float32Array([1]));
    expect(told).toEqual(['solve', 'hold', 'drop', 'ended']);
  });

  it('is in slices where a worker is forbidden or breaks, with the same end', async () => {
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
    const expected = solved(large);
    for (const makeWorker of [forbidden, broken]) {
      expect(await runForces(large, { makeWorker }).done).toEqual(expected);
    }
  });
});

describe('FreePlaces', () => {
  const nobody: ReadonlySet<NodeId> = new Set();

  function ready(
    of: IGraphModel = model,
    places = new FreePlaces(),
    workspace = 'w'
  ): FreePlaces {
    places.show(
      of,
      shown(of, DEFAULT_FILTER),
      regionsOf(of, words),
      originOf(of),
      0.5,
      workspace
    );
    return places;
  }
  const settled = (places: FreePlaces): Promise<Float32Array> =>
    new Promise(resolve => {
      const busy = places.settle(nobody, (xy, _, done) => {
        if (done) {
          resolve(xy);
        }
      });
      if (!busy) {
        resolve(places.xy);
      }
    });

  it('moves nobody who is known when the graph is another one', async () => {
    const gone = model.nodes[30].id;
    const { nodes, edges } = graph.elements;
    const smaller: KnowledgeGraph = {
      ...graph,
      elements: {
        nodes: nodes.filter(({ data }) => data.id !== gone),
        edges: edges.filter(
          ({ data }) => data.source !== gone && data.target !== gone
        )
      }
    };
    const before = buildModel(smaller);
    const places = ready(before);
    const old = await settled(places);
    ready(model, places);
    expect(places.xy[60]).toBeNaN();
    const now = await settled(places);
    for (const { id, index } of before.nodes) {
      const at = model.byId.get(id)!.index;
      expect([now[2 * at], now[2 * at + 1]]).toEqual([
        old[2 * index],
        old[2 * index + 1]
      ]);
    }
    expect(now.some(Number.isNaN)).toBe(false);
    expect(places.settle(nobody, () => undefined)).toBe(false);
  });

  it('forgets all but what is to stay, and everything of another workspace', async () => {
    const places = ready();
    await settled(places);
    places.forget(new Set([model.nodes[0].id]));
    expect(places.xy.filter(x => !Number.isNaN(x))).toHaveLength(2);
    ready(model, places, 'other');
    expect(places.some).toBe(false);
  });

  it('follows a hand near it only; dropping fixes nothing, a pin does', async () => {
    for (const pinned of [nobody, new Set([model.nodes[20].id])]) {
      const places = ready();
      const old = await settled(places);
      const [x, y] = [old[40] + 300, old[41] - 200];
      const end = new Promise<Float32Array>(resolve => {
        const news = (xy: Float32Array, _: number, done: boolean): void => {
          if (done) {
            resolve(xy);
          }
        };
        places.hold(20, x, y, pinned, news);
        setTimeout(() => places.drop(20, x, y, pinned, news), 120);
      });
      const now = await end;
      const moved = model.nodes.filter(
        ({ index }) =>
          Math.hypot(
            now[2 * index] - old[2 * index],
            now[2 * index + 1] - old[2 * index + 1]
          ) > 0.01
      );
      expect(moved.length).toBeGreaterThan(1);
      expect(moved.length).toBeLessThanOrEqual(60);
      const stays = Math.hypot(now[40] - x, now[41] - y) < 0.01;
      expect(stays).toBe(pinned.size > 0);
    }
  });

  it('gives up what is on its way when another graph comes', async () => {
    const places = ready();
    let ended = false;
    places.settle(nobody, (_, __, done) => {
      ended ||= done;
    });
    ready(model, places);
    await new Promise(resolve => setTimeout(resolve, 60));
    expect(ended).toBe(false);
    expect(places.some).toBe(false);
  });
});
