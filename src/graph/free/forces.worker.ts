/** The forces in a thread of their own: takes one problem, posts places until all is still. */
import type { ISolver } from './forces';
import type { ForceTask, IForceNews } from './run';

/** What a worker's global scope offers of use here. */
interface IPort {
  onmessage: ((event: MessageEvent<ForceTask>) => void) | null;
  postMessage(news: IForceNews, transfer: Transferable[]): void;
}

const port = globalThis as unknown as IPort;
/** As long as a frame; in between the hand on a held node is heard. */
const SLICE_MS = 16;

let forces: ISolver | null = null;
let before: ForceTask | null = null;

port.onmessage = ({ data }) => {
  if (data.kind === 'solve') {
    void solve(data);
  } else if (forces === null) {
    before = data;
  } else {
    follow(forces, data);
  }
};

function follow(solving: ISolver, task: ForceTask): void {
  if (task.kind === 'hold') {
    solving.hold(task.n, task.x, task.y);
  } else {
    solving.drop();
  }
}

async function solve({
  problem
}: Extract<ForceTask, { kind: 'solve' }>): Promise<void> {
  // Loaded here, not above: shared packages are ready only after the first await.
  const { solver } = await import('./forces');
  forces = solver(problem);
  if (before !== null) {
    follow(forces, before);
  }
  for (let done = false; !done;) {
    const start = performance.now();
    done = forces.run(() => performance.now() - start < SLICE_MS);
    const xy = forces.positions();
    port.postMessage({ xy, share: forces.share, done }, [xy.buffer]);
    const left = Math.max(0, SLICE_MS - (performance.now() - start));
    await new Promise(resolve => setTimeout(resolve, left));
  }
}
