/** Where in a lesson's notebook an item is: its exercise cell, or the cell that asks. Pure. */

export interface ICell {
  readonly id: string;
  /** The `exercise` of its metadata; null where there is none. */
  readonly exercise: string | null;
  readonly source: string;
}

export interface IItemPlace {
  readonly cell: string;
  /** Counted from 1. */
  readonly line: number;
}

/** null: the learner's notebook has no such cell (any more). */
export function placeOf(
  cells: readonly ICell[],
  item: string
): IItemPlace | null {
  const own = cells.find(({ exercise }) => exercise === item);
  if (own !== undefined) {
    return { cell: own.id, line: 1 };
  }
  // What asks comes before what answers.
  for (const call of ['predict', 'quiz', 'check', 'reveal']) {
    const asks = new RegExp(`\\b${call}\\(\\s*(["'])${item}\\1`);
    for (const { id, source } of cells) {
      const found = asks.exec(source);
      if (found !== null) {
        const line = source.slice(0, found.index).split('\n').length;
        return { cell: id, line };
      }
    }
  }
  return null;
}
