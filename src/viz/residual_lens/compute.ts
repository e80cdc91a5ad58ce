/** Which tokens stand where after so many layers, and where the last winner stood before. Pure. */

export interface ILensInputs {
  /** After the table of tokens and after each layer: shares of the likeliest, best first. */
  readonly shares: ReadonlyArray<readonly number[]>;
  /** Their tokens. */
  readonly ids: ReadonlyArray<readonly number[]>;
}

export interface IPlaced {
  readonly id: number;
  readonly share: number;
  /** Place from the top, from 0; null where it is not among those that were kept. */
  readonly rank: number | null;
}

export interface ILens {
  /** Every token that is kept anywhere, as it stands after this layer; in a fixed order. */
  readonly all: readonly IPlaced[];
  /** The likeliest after this layer. */
  readonly best: IPlaced;
  /** The one that wins in the end, as it stands here. */
  readonly winner: IPlaced;
  /** How many layers it takes until the winner leads and stays in the lead. */
  readonly settled: number;
  readonly isLast: boolean;
}

/** How many readings fit together: shares and names of as many layers and ranks. */
export function compute(
  { shares, ids }: ILensInputs,
  { layer }: { layer: number }
): ILens {
  const last = shares.length - 1;
  if (
    shares.length !== ids.length ||
    shares.some((row, n) => row.length !== ids[n]?.length || !row.length)
  ) {
    throw new Error('Every layer needs as many shares as tokens.');
  }
  const at = Math.min(Math.max(Math.round(layer), 0), last);
  const placed = (id: number, where: number): IPlaced => {
    const rank = (ids[where] as readonly number[]).indexOf(id);
    return rank < 0
      ? { id, share: 0, rank: null }
      : { id, share: shares[where]?.[rank] as number, rank };
  };
  const winner = ids[last]?.[0] as number;
  let settled = last;
  while (settled > 0 && ids[settled - 1]?.[0] === winner) {
    settled--;
  }
  return {
    all: [...new Set(ids.flat())].map(id => placed(id, at)),
    best: placed(ids[at]?.[0] as number, at),
    winner: placed(winner, at),
    settled,
    isLast: at === last
  };
}
