/**
 * How the learner wants to see the map: one of a few values, kept in the browser's state.
 * Without a state database it lasts as long as the page.
 */
import type { IStateDB } from '@jupyterlab/statedb';

import { Field } from '../state/field';

/** By regions and sheets, or by forces. */
export type Arranged = 'regions' | 'free';

export class KeptChoice<T extends string | boolean> extends Field<T> {
  /** The first of `values` is what nobody has to choose. */
  constructor(
    private readonly _state: IStateDB | null,
    private readonly _key: string,
    private readonly _values: readonly [T, ...T[]]
  ) {
    super(_values[0]);
  }

  /** What was chosen before; asks once. */
  load(): Promise<void> {
    this._loaded ??= this._read();
    return this._loaded;
  }

  override set(value: T): void {
    // A choice made before the old one was read beats it.
    this._loaded ??= Promise.resolve();
    this._chosen = true;
    super.set(value);
    void this._state
      ?.save(this._key, value)
      .catch((thrown: unknown) =>
        console.warn('How the map is shown was not saved.', thrown)
      );
  }

  private async _read(): Promise<void> {
    try {
      const kept = await this._state?.fetch(this._key);
      const known = this._values.find(value => value === kept);
      if (known !== undefined && !this._chosen) {
        super.set(known);
      }
    } catch (thrown) {
      console.warn('How the map was shown before could not be read.', thrown);
    }
  }

  private _loaded: Promise<void> | null = null;
  private _chosen = false;
}

export function keptArrangement(state: IStateDB | null): KeptChoice<Arranged> {
  return new KeptChoice<Arranged>(state, 'nanochat-learn:graph-arrangement', [
    'regions',
    'free'
  ]);
}

export function keptByMastery(state: IStateDB | null): KeptChoice<boolean> {
  return new KeptChoice<boolean>(state, 'nanochat-learn:graph-by-mastery', [
    false,
    true
  ]);
}
