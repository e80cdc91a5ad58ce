/**
 * Which of the two arrangements is drawn: the map of regions, or what the forces make of
 * it. Joins the places of both with the renderer; each keeps its own.
 */
import type { NodeId } from '../../api/types.gen';
import { FreePlaces } from '../free/free-places';
import type { Places } from '../layout/places';
import type { IInView } from '../model/filter';
import type { IGraphModel } from '../model/model';
import type { IRegion } from '../model/regions';
import type { IServices } from '../services';
import type { ILens } from './lens';
import type { GraphRenderer } from './renderer';

/** How far an arrangement is, 0…1; null: nothing is on its way. */
export type Progress = number | null;

interface IArrangingOptions {
  readonly progress: (share: Progress) => void;
  /** Show what an untouched map shows. */
  readonly fit: () => void;
}

export class Arranging {
  constructor(
    private readonly _renderer: GraphRenderer,
    private readonly _places: Places,
    private readonly _services: Pick<IServices, 'pins' | 'arrangement'>,
    private readonly _options: IArrangingOptions
  ) {
    _services.arrangement.changed.connect(this._turn, this);
  }

  /** Another graph, or others of its nodes shown; `Places` knows it already. */
  show(
    model: IGraphModel,
    view: IInView,
    regions: readonly IRegion[],
    workspace: string
  ): void {
    this._model = model;
    this._tell = () =>
      this._free.show(
        model,
        view,
        regions,
        this._places.xy,
        this._renderer.form,
        workspace
      );
    this._tell();
    this._options.progress(null);
    if (this._wanted) {
      this._settle();
    } else {
      this._renderer.setPositions(this._places.xy, false);
    }
  }

  /** All places of this arrangement anew, except what is pinned. */
  tidy(): void {
    const { ids } = this._services.pins;
    if (this._wanted) {
      this._free.forget(ids);
      this._tell();
      this._settle();
    } else {
      this._places.tidy(ids, this._renderer.form);
      this._renderer.setPositions(this._places.xy, false);
    }
    this._options.fit();
  }

  /** A node is on its way with the pointer. */
  dragged(id: NodeId, x: number, y: number): void {
    const index = this._model?.byId.get(id)?.index;
    // Without motion the neighbours follow when it is let go.
    if (this._drawn && index !== undefined && !this._still) {
      const { ids } = this._services.pins;
      this._free.hold(index, x, y, ids, (xy, _, done) => this._draw(xy, done));
    }
  }

  moved(id: NodeId, x: number, y: number): void {
    const { pins } = this._services;
    const index = this._model?.byId.get(id)?.index;
    if (!this._drawn) {
      this._places.move(id, x, y);
      if (pins.places.has(id)) {
        pins.pin(id, { x, y });
      }
    } else if (index !== undefined) {
      this._free.drop(index, x, y, pins.ids, (xy, _, done) =>
        this._draw(xy, done)
      );
    }
  }

  /** What is on its way stays where it has come to. */
  stop(): void {
    this._free.stop();
  }

  dispose(): void {
    this._services.arrangement.changed.disconnect(this._turn, this);
    this._free.abandon();
  }

  private _settle(): void {
    // Without motion the map of regions stays until there is a result to show.
    const waits = this._still && !this._free.some;
    const busy = this._free.settle(
      this._services.pins.ids,
      (xy, share, done) => {
        if (!this._wanted) {
          return;
        }
        this._options.progress(done ? null : share);
        this._draw(xy, done);
      }
    );
    if (!busy) {
      this._renderer.setPositions(this._free.xy, true);
    } else if (this._still) {
      this._renderer.setPositions(
        waits ? this._places.xy : this._free.xy,
        !waits
      );
    }
  }

  private _draw(xy: Float32Array, done: boolean): void {
    if (this._wanted && (done || !this._still)) {
      const first = !this._drawn;
      this._renderer.setPositions(xy, true);
      if (first || !this._renderer.touched) {
        this._options.fit();
      }
    }
  }

  private _turn(): void {
    if (this._model === null) {
      return;
    }
    const { _renderer: renderer } = this;
    if (this._wanted) {
      this._before = renderer.touched ? renderer.lens : null;
      this._tell();
      this._settle();
      if (this._drawn) {
        this._options.fit();
      }
      return;
    }
    this._free.abandon();
    this._options.progress(null);
    if (this._drawn) {
      renderer.setPositions(this._places.xy, false);
      // Exactly as it was, and seen from where it was seen.
      if (this._before === null) {
        this._options.fit();
      } else {
        renderer.lookFrom(this._before);
      }
    }
  }

  private get _wanted(): boolean {
    return this._services.arrangement.value === 'free';
  }

  private get _drawn(): boolean {
    return this._renderer.scene.free;
  }

  private get _still(): boolean {
    return matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  private readonly _free = new FreePlaces();
  private _model: IGraphModel | null = null;
  private _tell: () => void = () => undefined;
  private _before: ILens | null = null;
}
