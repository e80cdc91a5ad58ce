/**
 * RMSNorm as `nanochat/gpt.py:norm` does it (no weights, nothing subtracted), and
 * LayerNorm without weights beside it. The small `eps` under the root keeps a list of
 * zeros from being divided by 0. Zhang and Sennrich, 2019; Ba and others, 2016.
 * Pure: no drawing.
 */

export interface INormInputs {
  readonly x: readonly number[];
  readonly rmsEps: number;
  readonly layerEps: number;
}

export interface INormParams {
  /** Every number is multiplied by `times`, then `shift` is added. */
  readonly shift: number;
  readonly times: number;
}

/** A list of numbers and what is measured on it. */
export interface IList {
  readonly values: readonly number[];
  readonly mean: number;
  /** Root mean square: the root of the mean of the squares. */
  readonly rms: number;
  /** Root of the sum of the squares: √C times the root mean square. */
  readonly length: number;
}

export interface INorms {
  readonly given: IList;
  /** What RMSNorm divides by. */
  readonly size: number;
  /** What LayerNorm divides by, after subtracting the mean. */
  readonly spread: number;
  readonly rmsNorm: IList;
  readonly layerNorm: IList;
}

export function compute(
  { x, rmsEps, layerEps }: INormInputs,
  { shift, times }: INormParams
): INorms {
  if (x.length === 0) {
    throw new Error('A list to normalise needs at least one number.');
  }
  const given = measured(x.map(value => value * times + shift));
  const size = Math.sqrt(given.rms ** 2 + rmsEps);
  const centred = measured(given.values.map(value => value - given.mean));
  const spread = Math.sqrt(centred.rms ** 2 + layerEps);
  return {
    given,
    size,
    spread,
    rmsNorm: measured(given.values.map(value => value / size)),
    layerNorm: measured(centred.values.map(value => value / spread))
  };
}

/** The largest difference between two lists, number by number. */
export function apart(one: IList, other: IList): number {
  return Math.max(
    ...one.values.map((value, i) =>
      Math.abs(value - (other.values[i] as number))
    )
  );
}

function measured(values: readonly number[]): IList {
  const mean = sum(values) / values.length;
  const squares = sum(values.map(value => value * value));
  return {
    values,
    mean,
    rms: Math.sqrt(squares / values.length),
    length: Math.sqrt(squares)
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
