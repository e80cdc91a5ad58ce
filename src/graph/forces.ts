/**
 * The simulation itself: d3-force on the numbers of a layout problem. The same in the
 * page and in the worker; tick counts, not time, decide when it ends, so that the same
 * problem gives the same picture on every machine.
 */
import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationLinkDatum,
  type SimulationNodeDatum
} from 'd3-force';

import type { ILayoutProblem } from './problem';

interface IBody extends SimulationNodeDatum {
  x: number;
  y: number;
  readonly n: number;
}

interface ISpring extends SimulationLinkDatum<IBody> {
  readonly n: number;
}

/** A layout on its way. */
export interface ISolver {
  /** Ticks until `done`; may end early when time is up. True when finished. */
  run(mayGoOn: () => boolean): boolean;
  /** x, y in the order of `problem.nodes`, interleaved; a new array each time. */
  positions(): Float32Array;
}

/** From wild to still within the problem's ticks. */
const STILL = 0.002;

export function solver(problem: ILayoutProblem): ISolver {
  const { start, pinned, anchors, pull, radii, charges, links, springs } =
    problem;
  const bodies = Array.from(pinned, (pin, n): IBody => {
    const [x, y] = [start[2 * n], start[2 * n + 1]];
    return pin === 1 ? { n, x, y, fx: x, fy: y } : { n, x, y };
  });
  const bands = Array.from({ length: links.length / 2 }, (_, n): ISpring => ({
    n,
    source: links[2 * n],
    target: links[2 * n + 1]
  }));
  const simulation = forceSimulation<IBody>(bodies)
    .stop()
    .alphaMin(0)
    .alphaDecay(1 - STILL ** (1 / problem.ticks))
    .velocityDecay(0.45)
    .force(
      'links',
      forceLink<IBody, ISpring>(bands)
        .distance(({ n }) => springs[2 * n])
        .strength(({ n }) => springs[2 * n + 1])
    )
    .force(
      'apart',
      forceManyBody<IBody>()
        .strength(({ n }) => charges[n])
        .distanceMax(420)
    )
    .force('room', forceCollide<IBody>(({ n }) => radii[n]).strength(0.8))
    // Side panels are tall: what is pulled harder sideways grows downwards.
    .force(
      'x',
      forceX<IBody>(({ n }) => anchors[2 * n]).strength(
        ({ n }) => 1.5 * pull[n]
      )
    )
    .force(
      'y',
      forceY<IBody>(({ n }) => anchors[2 * n + 1]).strength(({ n }) => pull[n])
    );
  let left = problem.ticks;
  return {
    run: mayGoOn => {
      while (left > 0) {
        simulation.tick();
        left--;
        if (left > 0 && !mayGoOn()) {
          return false;
        }
      }
      return true;
    },
    positions: () => {
      const xy = new Float32Array(bodies.length * 2);
      bodies.forEach(({ x, y }, n) => {
        xy[2 * n] = x;
        xy[2 * n + 1] = y;
      });
      return xy;
    }
  };
}
