/**
 * Running a layout without holding up the page: in slices of the main thread for small
 * graphs, in a worker for large ones, in slices again where a worker cannot be had.
 */
import { solver } from './forces';
import type { ILayoutProblem } from './problem';

/** What the worker sends back; `done` with the last one. */
export interface IProgress {
  readonly xy: Float32Array;
  readonly done: boolean;
}

export interface ILayoutRun {
  /** x, y in the order of `problem.nodes`; null when it was stopped. */
  readonly done: Promise<Float32Array | null>;
  stop(): void;
}

export interface ILayoutOptions {
  /** Positions on the way, at most ten times a second. */
  readonly onProgress?: (xy: Float32Array) => void;
  /** For tests; null: no worker. */
  readonly makeWorker?: (() => Worker) | null;
}

/** Up to here slices are quicker than a worker's start. */
const WORKER_ABOVE = 500;
/** Half a frame: the other half belongs to drawing and typing. */
const SLICE_MS = 8;
const REPORT_MS = 100;

export function runLayout(
  problem: ILayoutProblem,
  options: ILayoutOptions = {}
): ILayoutRun {
  const makeWorker =
    options.makeWorker === undefined ? layoutWorker : options.makeWorker;
  if (problem.nodes.length > WORKER_ABOVE && makeWorker !== null) {
    return inWorker(problem, options, makeWorker);
  }
  return inSlices(problem, options);
}

function layoutWorker(): Worker {
  return new Worker(new URL('./layout.worker.js', import.meta.url));
}

function inSlices(
  problem: ILayoutProblem,
  { onProgress }: ILayoutOptions
): ILayoutRun {
  let stopped = false;
  const work = async (): Promise<Float32Array | null> => {
    const run = solver(problem);
    let reported = performance.now();
    for (;;) {
      await nextSlice();
      if (stopped) {
        return null;
      }
      const start = performance.now();
      if (run.run(() => performance.now() - start < SLICE_MS)) {
        return run.positions();
      }
      if (performance.now() - reported > REPORT_MS) {
        reported = performance.now();
        onProgress?.(run.positions());
      }
    }
  };
  return {
    done: work(),
    stop: () => {
      stopped = true;
    }
  };
}

/** After the next frame; where frames do not come (a hidden page), soon. */
function nextSlice(): Promise<void> {
  return new Promise(resolve => {
    if (document.hidden) {
      setTimeout(resolve, 0);
    } else {
      requestAnimationFrame(() => setTimeout(resolve, 0));
    }
  });
}

function inWorker(
  problem: ILayoutProblem,
  options: ILayoutOptions,
  makeWorker: () => Worker
): ILayoutRun {
  let stop = (): void => undefined;
  const done = new Promise<Float32Array | null>(resolve => {
    let worker: Worker;
    const fallBack = (): void => {
      const run = inSlices(problem, options);
      stop = run.stop;
      void run.done.then(resolve);
    };
    try {
      worker = makeWorker();
    } catch {
      return fallBack();
    }
    stop = () => {
      worker.terminate();
      resolve(null);
    };
    worker.onmessage = ({ data }: MessageEvent<IProgress>) => {
      if (data.done) {
        worker.terminate();
        resolve(data.xy);
      } else {
        options.onProgress?.(data.xy);
      }
    };
    // Forbidden by a policy, not found, or broken: the page does it itself.
    worker.onerror = event => {
      event.preventDefault();
      worker.terminate();
      fallBack();
    };
    worker.postMessage(problem);
  });
  return { done, stop: () => stop() };
}
