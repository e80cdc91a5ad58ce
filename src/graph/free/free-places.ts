/**
 * Where nodes stand when forces arrange them, kept by id as long as the page. Nothing of
 * it goes to the server, where the places of the map of regions are. Draws nothing.
 */
import type { NodeId, Position } from '../../api/types.gen';
import { focusSet, type IInView } from '../model/filter';
import type { IGraphModel } from '../model/model';
import type { IRegion } from '../model/regions';
import {
  following,
  type IForceInput,
  type IForceProblem,
  settling
} from './problem';
import { type IForceRun, runForces } from './run';

/** What is told on the way: places by model index, NaN where somebody has none. */
export type FreeNews = (xy: Float32Array, share: number, done: boolean) => void;

/** Who follows a node that is dragged: so far around it, so many. */
const HOPS = 2;
const FOLLOWERS = 60;
const FOLLOW = { heat: 0.14, steps: 45 };

export class FreePlaces {
  constructor(private readonly _solve = runForces) {}

  /**
   * What is shown, where the map of regions has it, width / height of the panel. Whoever has a place keeps it;
   * what is on its way for the graph before is given up.
   */
  show(
    model: IGraphModel,
    view: IInView,
    regions: readonly IRegion[],
    origin: Float32Array,
    form: number,
    workspace: string
  ): void {
    this.abandon();
    if (workspace !== this._workspace) {
      this._known = new Map();
      this._workspace = workspace;
    }
    this._model = model;
    this._view = view;
    this._input = { model, regions, origin, form, shown: view.nodes };
  }

  /** x, y by model index, interleaved; NaN where a node has no place. */
  get xy(): Float32Array {
    return Float32Array.from(
      this._model?.nodes.flatMap(({ id }) => {
        const known = this._known.get(id);
        return known === undefined ? [NaN, NaN] : [known.x, known.y];
      }) ?? []
    );
  }

  /** Does anybody who is shown have a place? */
  get some(): boolean {
    return (
      this._model?.nodes.some(
        ({ id, index }) => this._view?.nodes[index] === 1 && this._known.has(id)
      ) ?? false
    );
  }

  /** Give a place to all who have none; true: some have to be found, `news` tells. */
  settle(pinned: ReadonlySet<NodeId>, news: FreeNews): boolean {
    this.abandon();
    const problem =
      this._input === null
        ? null
        : settling({ ...this._input, known: this._known }, pinned);
    if (problem === null) {
      return false;
    }
    news(this._spread(problem, problem.start), 0, false);
    this._start(problem, news);
    return true;
  }

  /** The learner holds a node there; what hangs on it follows. */
  hold(
    index: number,
    x: number,
    y: number,
    pinned: ReadonlySet<NodeId>,
    news: FreeNews
  ): void {
    // Others follow this one than followed the one before.
    if (this._followed !== null && this._followed !== index) {
      this._keep();
    }
    if (this._run === null) {
      this._follow(index, pinned, news);
    }
    const n = this._problem?.nodes.indexOf(index) ?? -1;
    if (n >= 0) {
      this._run?.hold(n, x, y);
    }
  }

  /** Let go at that place: it settles again, unless it is pinned. */
  drop(
    index: number,
    x: number,
    y: number,
    pinned: ReadonlySet<NodeId>,
    news: FreeNews
  ): void {
    const node = this._model?.nodes[index];
    if (node === undefined) {
      return;
    }
    this._known.set(node.id, { x, y });
    if (this._run === null) {
      this._follow(index, pinned, news);
    } else {
      this._run.drop();
    }
  }

  /** Enough: all stay where they have come to. */
  stop(): void {
    this._run?.stop();
  }

  /** All are to be arranged anew, except these. */
  forget(kept: ReadonlySet<NodeId>): void {
    this.abandon();
    this._known = new Map([...this._known].filter(([id]) => kept.has(id)));
  }

  /** What is on its way comes to nothing. */
  abandon(): void {
    const run = this._run;
    this._run = null;
    this._problem = null;
    this._followed = null;
    run?.stop();
  }

  private _follow(
    index: number,
    pinned: ReadonlySet<NodeId>,
    news: FreeNews
  ): void {
    const { _input: input, _model: model, _view: view } = this;
    if (input !== null && model !== null && view !== null) {
      const free = focusSet(model, [index], HOPS, view, FOLLOWERS);
      const all = { ...input, known: this._known };
      this._start(following(all, free, pinned, FOLLOW), news);
      this._followed = index;
    }
  }

  private _start(problem: IForceProblem, news: FreeNews): void {
    const run = this._solve(problem, {
      onNews: ({ xy, share, done }) => {
        if (this._run === run && !done) {
          this._latest = xy;
          news(this._spread(problem, xy), share, false);
        }
      }
    });
    this._run = run;
    this._problem = problem;
    this._latest = problem.start;
    void run.done.then(xy => {
      if (this._run === run) {
        this._latest = xy;
        this._keep();
        news(this.xy, 1, true);
      }
    });
  }

  /** What is on its way ends where it is. */
  private _keep(): void {
    const { _problem: problem, _model: model, _latest: xy } = this;
    problem?.nodes.forEach((index, n) => {
      const id = model?.nodes[index].id;
      // Who stays has its place already: from before, or from the hand.
      if (
        id !== undefined &&
        (problem.fixed[n] === 0 || !this._known.has(id))
      ) {
        this._known.set(id, { x: xy[2 * n], y: xy[2 * n + 1] });
      }
    });
    this.abandon();
  }

  private _spread(problem: IForceProblem, local: Float32Array): Float32Array {
    const xy = this.xy;
    problem.nodes.forEach((index, n) => {
      xy[2 * index] = local[2 * n];
      xy[2 * index + 1] = local[2 * n + 1];
    });
    return xy;
  }

  private _model: IGraphModel | null = null;
  private _view: IInView | null = null;
  private _input: Omit<IForceInput, 'known'> | null = null;
  private _known = new Map<NodeId, Position>();
  private _run: IForceRun | null = null;
  private _problem: IForceProblem | null = null;
  /** Where it has come to. */
  private _latest: Float32Array = new Float32Array();
  /** The node whose neighbours are on their way; null: all are. */
  private _followed: number | null = null;
  private _workspace: string | null = null;
}
