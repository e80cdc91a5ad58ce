/**
 * Where nodes stand, kept by id: what the server remembers, what was laid out here, what
 * the learner dragged. Saves through the server after a pause; draws nothing.
 */
import type { NodeId, Position } from '../api/types.gen';
import type { IApi } from '../tokens';
import { type ILayoutRun, runLayout } from './layout';
import type { IGraphModel } from './model';
import { layoutProblem } from './problem';

const SAVE_AFTER_MS = 1000;

export class Places {
  constructor(
    private readonly _api: Pick<IApi, 'savePositions'>,
    private readonly _run = runLayout
  ) {}

  /** Another graph: what is known here wins over what the server remembers. */
  setModel(model: IGraphModel, document: string, workspace: string): void {
    if (workspace !== this._workspace) {
      this._flush();
      this._known = new Map();
      this._workspace = workspace;
    }
    this._stop();
    this._document = document;
    this._model = model;
    for (const { id, position } of model.nodes) {
      if (position !== null && !this._known.has(id)) {
        this._known.set(id, position);
      }
    }
  }

  /** x, y by model index, interleaved; NaN where a node has no place yet. */
  get xy(): Float32Array {
    return Float32Array.from(
      this._model?.nodes.flatMap(({ id }) => {
        const known = this._known.get(id);
        return known === undefined ? [NaN, NaN] : [known.x, known.y];
      }) ?? []
    );
  }

  /**
   * Give every shown node a place. `onMove` is called on the way and at the end; a
   * later call, another graph or `dispose` ends an earlier one without a word.
   */
  async arrange(
    visible: Uint8Array,
    onMove: (xy: Float32Array, done: boolean) => void
  ): Promise<void> {
    this._stop();
    const model = this._model;
    const problem =
      model === null ? null : layoutProblem(model, visible, this._known);
    if (model === null || problem === null) {
      return;
    }
    const spread = (local: Float32Array): Float32Array => {
      const xy = this.xy;
      problem.nodes.forEach((index, n) => {
        xy[2 * index] = local[2 * n];
        xy[2 * index + 1] = local[2 * n + 1];
      });
      return xy;
    };
    const run = this._run(problem, {
      onProgress: local => onMove(spread(local), false)
    });
    this._running = run;
    const result = await run.done;
    if (result === null || this._running !== run) {
      return;
    }
    this._running = null;
    problem.nodes.forEach((index, n) => {
      if (problem.pinned[n] === 0) {
        this._put(model.nodes[index].id, result[2 * n], result[2 * n + 1]);
      }
    });
    onMove(this.xy, true);
  }

  /** The learner dragged a node there. */
  move(id: NodeId, x: number, y: number): void {
    this._put(id, x, y);
  }

  dispose(): void {
    this._stop();
    this._flush();
  }

  private _put(id: NodeId, x: number, y: number): void {
    // A tenth is finer than any screen and keeps the file small.
    const position = { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 };
    this._known.set(id, position);
    this._unsaved.set(id, position);
    clearTimeout(this._timer);
    this._timer = setTimeout(() => this._flush(), SAVE_AFTER_MS);
  }

  private _flush(): void {
    clearTimeout(this._timer);
    if (this._unsaved.size === 0) {
      return;
    }
    const unsaved = this._unsaved;
    this._unsaved = new Map();
    // The map is whole without this; next time it is laid out again.
    this._api
      .savePositions(this._document, unsaved)
      .catch((thrown: unknown) =>
        console.warn('The places on the map were not saved.', thrown)
      );
  }

  private _stop(): void {
    this._running?.stop();
    this._running = null;
  }

  private _model: IGraphModel | null = null;
  private _known = new Map<NodeId, Position>();
  private _unsaved = new Map<NodeId, Position>();
  private _running: ILayoutRun | null = null;
  private _document = '';
  private _workspace: string | null = null;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}
