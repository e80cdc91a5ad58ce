/** One value that others can watch. Not a store: there is nothing else in it. */
import { type ISignal, Signal } from '@lumino/signaling';

import type { IField } from '../tokens';

/** `set` tells the watchers only when the value is another one. */
export class Field<T> implements IField<T> {
  constructor(private _value: T) {}

  get changed(): ISignal<IField<T>, T> {
    return this._changed;
  }

  get value(): T {
    return this._value;
  }

  set(value: T): void {
    if (Object.is(value, this._value)) {
      return;
    }
    this._value = value;
    this._changed.emit(value);
  }

  private readonly _changed = new Signal<IField<T>, T>(this);
}
