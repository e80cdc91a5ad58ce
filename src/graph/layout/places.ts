/**
 * Where nodes stand, kept by id: what the server remembers, what was laid out here, what
 * the learner dragged or pinned. Saves through the server after a pause; draws nothing.
 */
import type { NodeId, Position } from '../../api/types.gen';
import type { IApi } from '../../tokens';
import type { IGraphModel } from '../model/model';
import type { IRegion } from '../model/regions';
import { placeBeside } from './beside';
import { SIDE_PANEL, wholeLayout } from './whole';

const SAVE_AFTER_MS = 1000;

export class Places {
  constructor(private readonly _api: Pick<IApi, 'savePositions'>) {}

  /**
   * Another graph. What is known here wins over what the server remembers, and `pinned`
   * over both. Known nodes stay exactly where they are; new ones find a free place. A
   * map from nothing gets the panel's form (width / height).
   */
  setModel(
    model: IGraphModel,
    regions: readonly IRegion[],
    document: string,
    workspace: string,
    pinned: ReadonlyMap<NodeId, Position> = new Map(),
    form = SIDE_PANEL
  ): void {
    if (workspace !== this._workspace) {
      this._flush();
      this._known = new Map();
      this._workspace = workspace;
    }
    this._document = document;
    this._model = model;
    this._regions = regions;
    for (const { id, position } of model.nodes) {
      const own = this._known.get(id) ?? pinned.get(id) ?? position;
      if (own !== null) {
        this._known.set(id, own);
      }
    }
    const missing = model.nodes.filter(({ id }) => !this._known.has(id));
    if (missing.length > 0) {
      const found =
        missing.length === model.nodes.length
          ? wholeLayout(model, regions, form)
          : placeBeside(model, regions, this._known);
      found.forEach((position, id) => this._put(id, position));
    }
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

  at(id: NodeId): Position | null {
    return this._known.get(id) ?? null;
  }

  /** All anew in that form, but what is pinned stays, and what a pinned file holds stays with it. */
  tidy(pinned: ReadonlySet<NodeId>, form = SIDE_PANEL): void {
    const model = this._model;
    if (model === null) {
      return;
    }
    const whole = wholeLayout(model, this._regions, form);
    for (const node of model.nodes) {
      let holder = node;
      while (!pinned.has(holder.id) && holder.parent >= 0) {
        holder = model.nodes[holder.parent];
      }
      const [fresh, base] = [whole.get(node.id), whole.get(holder.id)];
      const stays = pinned.has(holder.id) ? this._known.get(holder.id) : base;
      if (fresh !== undefined && base !== undefined && stays !== undefined) {
        this._put(node.id, {
          x: fresh.x + stays.x - base.x,
          y: fresh.y + stays.y - base.y
        });
      }
    }
  }

  /** The learner dragged a node there. */
  move(id: NodeId, x: number, y: number): void {
    this._put(id, { x, y });
  }

  dispose(): void {
    this._flush();
  }

  private _put(id: NodeId, { x, y }: Position): void {
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

  private _model: IGraphModel | null = null;
  private _regions: readonly IRegion[] = [];
  private _known = new Map<NodeId, Position>();
  private _unsaved = new Map<NodeId, Position>();
  private _document = '';
  private _workspace: string | null = null;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}
