/** Where the learner has been: back and forward, as in a browser. Pure. */

/** `entries[at]` is shown; -1 while nothing was. */
export interface IHistory<T> {
  readonly entries: readonly T[];
  readonly at: number;
}

/** How many steps are kept. */
const LENGTH = 100;

export const EMPTY: IHistory<never> = { entries: [], at: -1 };

export function current<T>(history: IHistory<T>): T | null {
  return history.entries[history.at] ?? null;
}

/** Go somewhere new: what lay ahead is forgotten. The same place again is no step. */
export function visit<T>(history: IHistory<T>, entry: T): IHistory<T> {
  if (current(history) === entry) {
    return history;
  }
  const entries = [...history.entries.slice(0, history.at + 1), entry].slice(
    -LENGTH
  );
  return { entries, at: entries.length - 1 };
}

export function canStep<T>(history: IHistory<T>, step: -1 | 1): boolean {
  const at = history.at + step;
  return at >= 0 && at < history.entries.length;
}

/** One step back or forward; at the end it stays. */
export function stepped<T>(history: IHistory<T>, step: -1 | 1): IHistory<T> {
  return canStep(history, step)
    ? { entries: history.entries, at: history.at + step }
    : history;
}
