/**
 * Solving without holding up the page: in slices of the main thread for small graphs, in
 * a worker for large ones, in slices again where a worker cannot be had.
 */
import { type ISolver, solver } from './forces';
import type { IForceProblem } from './problem';

/** What a worker is told. */
export type ForceTask =
  | { readonly kind: 'solve'; readonly problem: IForceProblem }
  | {
      readonly kind: 'hold';
      readonly n: number;
      readonly x: number;
      readonly y: number;
    }
  | { readonly kind: 'drop' };

/** Where they are by now; `done` with the last one. */
export interface IForceNews {
  /** x, y in the order of `problem.nodes`, interleaved. */
  readonly xy: Float32Array;
  readonly share: number;
  readonly done: boolean;
}

export interface IForceRun {
  /** The end, or where they were when it was stopped. */
  readonly done: Promise<Float32Array>;
  stop(): void;
  hold(n: number, x: number, y: number): void;
  drop(): void;
}

export interface IForceOptions {
  readonly onNews?: (news: IForceNews) => void;
  /** For tests; null: no worker. */
  readonly makeWorker?: (() => Worker) | null;
}

/** Up to here slices are quicker than a worker's start. */
const WORKER_ABOVE = 500;
/** Half a frame: the other half belongs to drawing and typing. */
const SLICE_MS = 8;

export function runForces(
  problem: IForceProblem,
  options: IForceOptions = {}
): IForceRun {
  const makeWorker =
    options.makeWorker === undefined ? forceWorker : options.makeWorker;
  return problem.nodes.length > WORKER_ABOVE && makeWorker !== null
    ? inWorker(problem, options, makeWorker)
    : inSlices(solver(problem), options);
}

function forceWorker(): Worker {
  return new Worker(new URL('./forces.worker.js', import.meta.url));
}

function inSlices(forces: ISolver, { onNews }: IForceOptions): IForceRun {
  let stopped = false;
  const work = async (): Promise<Float32Array> => {
    for (let done = false; !done;) {
      await nextFrame();
      if (stopped) {
        break;
      }
      const start = performance.now();
      done = forces.run(() => performance.now() - start < SLICE_MS);
      onNews?.({ xy: forces.positions(), share: forces.share, done });
    }
    return forces.positions();
  };
  return {
    done: work(),
    stop: () => {
      stopped = true;
    },
    hold: (n, x, y) => forces.hold(n, x, y),
    drop: () => forces.drop()
  };
}

/** After the next frame; where frames do not come (a hidden page), soon. */
function nextFrame(): Promise<void> {
  return new Promise(resolve => {
    if (document.hidden) {
      setTimeout(resolve, 0);
    } else {
      requestAnimationFrame(() => setTimeout(resolve, 0));
    }
  });
}

function inWorker(
  problem: IForceProblem,
  options: IForceOptions,
  makeWorker: () => Worker
): IForceRun {
  let xy = problem.start;
  let worker: Worker | null = null;
  let instead: IForceRun | null = null;
  // What is held when the worker turns out to be broken is still held then.
  let held: Extract<ForceTask, { kind: 'hold' }> | null = null;
  let resolve: (xy: Float32Array) => void = () => undefined;
  const done = new Promise<Float32Array>(heard => {
    resolve = heard;
  });
  const fallBack = (): void => {
    worker?.terminate();
    worker = null;
    instead = inSlices(solver(problem), options);
    if (held !== null) {
      instead.hold(held.n, held.x, held.y);
    }
    void instead.done.then(resolve);
  };
  const tell = (task: ForceTask): void => worker?.postMessage(task);
  try {
    worker = makeWorker();
    worker.onmessage = ({ data }: MessageEvent<IForceNews>) => {
      xy = data.xy;
      options.onNews?.(data);
      if (data.done) {
        worker?.terminate();
        resolve(xy);
      }
    };
    // Forbidden by a policy, not found, or broken: the page does it itself.
    worker.onerror = event => {
      event.preventDefault();
      fallBack();
    };
    tell({ kind: 'solve', problem });
  } catch {
    fallBack();
  }
  return {
    done,
    stop: () => {
      worker?.terminate();
      if (instead === null) {
        resolve(xy);
      } else {
        instead.stop();
      }
    },
    hold: (n, x, y) => {
      held = { kind: 'hold', n, x, y };
      instead?.hold(n, x, y);
      tell(held);
    },
    drop: () => {
      held = null;
      instead?.drop();
      tell({ kind: 'drop' });
    }
  };
}
