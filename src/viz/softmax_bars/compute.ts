/**
 * Softmax, in two ways, in the numbers of 32 bits that torch uses by default: as the
 * formula stands in books, and with the largest score subtracted first, as every library
 * and `nanochat/engine.py:sample_next_token` do it. Pure: no drawing.
 */

export interface ISoftmaxInputs {
  readonly logits: readonly number[];
}

export interface ISoftmaxParams {
  /** Added to every score. */
  readonly add: number;
  /** What every score is divided by. */
  readonly temperature: number;
}

export interface IWay {
  readonly powers: readonly number[];
  readonly total: number;
  readonly shares: readonly number[];
}

export interface ISoftmax {
  readonly scores: readonly number[];
  readonly largest: number;
  /** e to the power of each score: infinite above 88.7, nothing below −104. */
  readonly plain: IWay;
  /** e to the power of each score less the largest: never above 1. */
  readonly safe: IWay;
}

const round = Math.fround;

export function compute(
  { logits }: ISoftmaxInputs,
  { add, temperature }: ISoftmaxParams
): ISoftmax {
  if (logits.length === 0) {
    throw new Error('Softmax needs at least one score.');
  }
  if (!(temperature > 0)) {
    throw new Error('The temperature must be above 0.');
  }
  const scores = logits.map(logit =>
    round(round(round(logit) + round(add)) / round(temperature))
  );
  const largest = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  return {
    scores,
    largest,
    plain: way(scores),
    safe: way(scores.map(score => round(score - largest)))
  };
}

function way(scores: readonly number[]): IWay {
  const powers = scores.map(score => round(Math.exp(score)));
  const total = powers.reduce((sum, power) => round(sum + power), 0);
  return { powers, total, shares: powers.map(power => round(power / total)) };
}
