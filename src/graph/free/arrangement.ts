/**
 * How the learner wants the map arranged, kept in the browser's state. Without a state
 * database it lasts as long as the page.
 */
import type { IStateDB } from '@jupyterlab/statedb';

import { Field } from '../../state/field';

/** By regions and sheets, or by forces. */
export type Arranged = 'regions' | 'free';

const KEY = 'nanochat-learn:graph-arrangement';

export class Arrangement extends Field<Arranged> {
  constructor(private readonly _state: IStateDB | null) {
    super('regions');
  }

  /** What was chosen before; asks once. */
  load(): Promise<void> {
    this._loaded ??= this._read();
    return this._loaded;
  }

  override set(value: Arranged): void {
    // A choice made before the old one was read beats it.
    this._loaded ??= Promise.resolve();
    this._chosen = true;
    super.set(value);
    void this._state
      ?.save(KEY, value)
      .catch((thrown: unknown) =>
        console.warn('The arrangement of the map was not saved.', thrown)
      );
  }

  private async _read(): Promise<void> {
    try {
      const kept = await this._state?.fetch(KEY);
      if (kept === 'free' && !this._chosen) {
        super.set(kept);
      }
    } catch (thrown) {
      console.warn('The arrangement of the map could not be read.', thrown);
    }
  }

  private _loaded: Promise<void> | null = null;
  private _chosen = false;
}
