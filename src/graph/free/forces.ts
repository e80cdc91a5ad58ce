/**
 * The simulation itself: d3-force on the numbers of a problem, the same in the page and
 * in a worker. Steps are counted, not timed, and chance is d3-force's own generator, so
 * that the same problem ends the same wherever it is solved.
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

import type { IForceProblem } from './problem';

interface IBody extends SimulationNodeDatum {
  readonly n: number;
  x: number;
  y: number;
}

interface ISpring extends SimulationLinkDatum<IBody> {
  readonly n: number;
}

/** A problem on its way to stillness. */
export interface ISolver {
  /** Steps while `mayGoOn`, at least one. True when all is still. */
  run(mayGoOn: () => boolean): boolean;
  /** Somebody holds that one (a place in `nodes`) there: nothing is still before `drop`. */
  hold(n: number, x: number, y: number): void;
  drop(): void;
  /** x, y in the order of `problem.nodes`, interleaved; a new array each time. */
  positions(): Float32Array;
  /** How much of the way is done, 0…1. */
  readonly share: number;
}

const STILL = 0.002;
/** While a node is held its neighbours are this lively. */
const HELD = 0.14;
/** Beyond that distance nodes leave each other alone. */
const FAR = 420;

export function solver(problem: IForceProblem): ISolver {
  const { start, fixed, anchors, pulls, radii, charges, heat } = problem;
  const { links, springs } = problem;
  const bodies = Array.from(fixed, (stays, n): IBody => {
    const [x, y] = [start[2 * n], start[2 * n + 1]];
    return stays === 1 ? { n, x, y, fx: x, fy: y } : { n, x, y };
  });
  const bands = Array.from({ length: links.length / 2 }, (_, n): ISpring => ({
    n,
    source: links[2 * n],
    target: links[2 * n + 1]
  }));
  const simulation = forceSimulation<IBody>(bodies)
    .stop()
    .alpha(heat)
    .alphaDecay(1 - (STILL / heat) ** (1 / problem.steps))
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
        .distanceMax(FAR)
    )
    .force('room', forceCollide<IBody>(({ n }) => radii[n]).strength(0.8))
    .force(
      'x',
      forceX<IBody>(({ n }) => anchors[2 * n]).strength(({ n }) => pulls[2 * n])
    )
    .force(
      'y',
      forceY<IBody>(({ n }) => anchors[2 * n + 1]).strength(
        ({ n }) => pulls[2 * n + 1]
      )
    );
  let held: IBody | null = null;
  return {
    run: mayGoOn => {
      while (held !== null || simulation.alpha() > STILL * 1.0001) {
        simulation.tick();
        // What is held follows the hand: one step for each picture of it.
        if (held !== null || !mayGoOn()) {
          return false;
        }
      }
      return true;
    },
    hold: (n, x, y) => {
      held = bodies[n];
      [held.fx, held.fy] = [x, y];
      simulation.alphaTarget(HELD);
    },
    drop: () => {
      if (held !== null && fixed[held.n] === 0) {
        [held.fx, held.fy] = [null, null];
      }
      held = null;
      simulation.alphaTarget(0);
    },
    positions: () => {
      const xy = new Float32Array(2 * bodies.length);
      bodies.forEach(({ x, y }, n) => {
        xy[2 * n] = x;
        xy[2 * n + 1] = y;
      });
      return xy;
    },
    get share() {
      const [now, end] = [Math.log(simulation.alpha()), Math.log(STILL)];
      const all = Math.log(heat) - end;
      return Math.min(1, Math.max(0, 1 - (now - end) / all));
    }
  };
}
