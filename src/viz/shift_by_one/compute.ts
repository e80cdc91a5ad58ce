/**
 * Inputs and targets of a row, as `nanochat/dataloader.py:shift` makes them; of a chat as
 * `nanochat/scripts/chat_sft.py:ChatRows` does, with −1 where nothing is asked. Pure.
 */

export interface IRowInputs {
  /** T + 1 tokens. */
  readonly row: readonly number[];
  /** Whether each may be asked for; all, if there is none. */
  readonly mask?: readonly boolean[];
}

export interface IShifted {
  /** T each. */
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
}

/** What stands in place of a target where there is no question. */
export const NO_QUESTION = -1;

export function compute(
  { row, mask }: IRowInputs,
  { shift }: { shift: number } = { shift: 1 }
): IShifted {
  const count = Math.max(row.length - shift, 0);
  return {
    inputs: row.slice(0, count),
    targets: row
      .slice(shift)
      .map((id, n) => ((mask?.[n + shift] ?? true) ? id : NO_QUESTION))
  };
}
