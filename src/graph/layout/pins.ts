/**
 * Nodes that the learner pinned, with their places: kept in the browser's state, one
 * entry per workspace. Without a state database they last as long as the page.
 */
import type { IStateDB } from '@jupyterlab/statedb';
import { Signal } from '@lumino/signaling';

import type { NodeId, Position } from '../../api/types.gen';

export class Pins {
  constructor(private readonly _state: IStateDB | null) {}

  readonly changed = new Signal<this, void>(this);

  get places(): ReadonlyMap<NodeId, Position> {
    return this._places;
  }

  get ids(): ReadonlySet<NodeId> {
    return new Set(this._places.keys());
  }

  /** The pins of a workspace; what was kept before is let go. */
  async load(workspace: string): Promise<void> {
    if (workspace === this._workspace) {
      return;
    }
    this._workspace = workspace;
    this._places = new Map();
    let kept: unknown;
    try {
      kept = await this._state?.fetch(this._key);
    } catch (thrown) {
      console.warn('The pins of the map could not be read.', thrown);
    }
    if (this._workspace === workspace) {
      this._places = read(kept);
      this.changed.emit();
    }
  }

  pin(id: NodeId, position: Position): void {
    this._set(new Map([...this._places, [id, position]]));
  }

  unpin(id: NodeId): void {
    this._set(new Map([...this._places].filter(([other]) => other !== id)));
  }

  private _set(places: ReadonlyMap<NodeId, Position>): void {
    this._places = places;
    this.changed.emit();
    void this._state
      ?.save(
        this._key,
        Object.fromEntries([...places].map(([id, { x, y }]) => [id, [x, y]]))
      )
      .catch((thrown: unknown) =>
        console.warn('The pins of the map were not saved.', thrown)
      );
  }

  private get _key(): string {
    return `nanochat-learn:graph-pins:${this._workspace ?? ''}`;
  }

  private _workspace: string | null = null;
  private _places: ReadonlyMap<NodeId, Position> = new Map();
}

/** Whatever an older version or a hand may have written: only what makes sense is taken. */
function read(kept: unknown): ReadonlyMap<NodeId, Position> {
  const places = new Map<NodeId, Position>();
  if (typeof kept === 'object' && kept !== null) {
    for (const [id, place] of Object.entries(kept)) {
      const [x, y] = Array.isArray(place) ? (place as unknown[]) : [];
      if (typeof x === 'number' && typeof y === 'number') {
        places.set(id as NodeId, { x, y });
      }
    }
  }
  return places;
}
