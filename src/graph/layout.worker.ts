/** The layout in a thread of its own: takes one problem, posts positions, then the last. */
import type { IProgress } from './layout';
import type { ILayoutProblem } from './problem';

/** What a worker's global scope offers of use here. */
interface IPort {
  onmessage: ((event: MessageEvent<ILayoutProblem>) => void) | null;
  postMessage(message: IProgress, transfer: Transferable[]): void;
}

const REPORT_MS = 100;
const port = globalThis as unknown as IPort;

port.onmessage = ({ data }) => void solve(data);

async function solve(problem: ILayoutProblem): Promise<void> {
  // Loaded here, not above: shared packages are ready only after the first await.
  const { solver } = await import('./forces');
  const run = solver(problem);
  for (;;) {
    const start = performance.now();
    const done = run.run(() => performance.now() - start < REPORT_MS);
    const xy = run.positions();
    port.postMessage({ xy, done }, [xy.buffer]);
    if (done) {
      return;
    }
  }
}
