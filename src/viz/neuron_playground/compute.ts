/**
 * A neuron and a small network, as `nanochat/gpt.py:MLP` has them: a sum with weights, bent
 * by ReLU² (below 0 becomes 0, above is squared), and a second sum. The network learns the
 * lamp of the two switches: one step against the slope of the error, again and again. The
 * single neuron has a bias besides; our model has none. Pure: no drawing.
 */

export type Pair = readonly [number, number];

/** Two input weights, and the weight with which the output takes the result. */
export type Weights = readonly [number, number, number];

export interface INeuronInputs {
  /** Weights to begin with, one for each neuron there may be. */
  readonly start: readonly Weights[];
  /** How far a step goes, as a part of the slope. */
  readonly rate: number;
}

export interface INeuronParams {
  readonly a1: number;
  readonly a2: number;
  readonly bias: number;
  readonly neurons: number;
  readonly step: number;
}

/** The four ways two switches can stand, and whether the lamp is on. */
export const SWITCHES: readonly Pair[] = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1]
];
export const LAMP = [0, 1, 1, 0] as const;

export interface INeurons {
  /** The single neuron at each of the four settings: its sum, and that bent. */
  readonly sums: readonly number[];
  readonly bent: readonly number[];
  readonly network: INetwork;
  /** The loss before every step so far, and now. */
  readonly losses: readonly number[];
}

export interface INetwork {
  readonly weights: readonly Weights[];
  readonly outputs: readonly number[];
  /** The mean of the squared errors at the four settings. */
  readonly loss: number;
}

export function compute(
  { start, rate }: INeuronInputs,
  { a1, a2, bias, neurons, step }: INeuronParams
): INeurons {
  if (neurons < 1 || neurons > start.length) {
    throw new Error(`There are weights for 1 to ${start.length} neurons here.`);
  }
  const sums = SWITCHES.map(([x1, x2]) => a1 * x1 + a2 * x2 + bias);
  const run = learn({ start: start.slice(0, neurons), rate }, step);
  return {
    sums,
    bent: sums.map(bend),
    network: run.at(-1) as INetwork,
    losses: run.map(({ loss }) => loss)
  };
}

/** ReLU²: asleep below 0, and squared above. */
export function bend(sum: number): number {
  return sum > 0 ? sum * sum : 0;
}

/** What the network says to two inputs. */
export function output(weights: readonly Weights[], [x1, x2]: Pair): number {
  return weights.reduce(
    (total, [a1, a2, out]) => total + out * bend(a1 * x1 + a2 * x2),
    0
  );
}

/** The network at the start and after each of `steps` steps. */
export function learn(
  { start, rate }: INeuronInputs,
  steps: number
): INetwork[] {
  let now = judged(start);
  const run = [now];
  for (let n = 0; n < steps; n++) {
    now = judged(
      slopes(now).map(
        (slope, i) =>
          slope.map(
            (value, k) => (now.weights[i]?.[k] as number) - rate * value
          ) as unknown as Weights
      )
    );
    run.push(now);
  }
  return run;
}

/** The slope of the loss by every weight: the chain rule, by hand. */
function slopes({ weights, outputs }: INetwork): Weights[] {
  return weights.map(([a1, a2, out]): Weights => {
    const total = [0, 0, 0] as [number, number, number];
    SWITCHES.forEach(([x1, x2], i) => {
      // of the squared error by the output, shared among the four settings
      const by = (2 * ((outputs[i] as number) - (LAMP[i] as number))) / 4;
      const sum = Math.max(a1 * x1 + a2 * x2, 0);
      total[0] += by * out * 2 * sum * x1;
      total[1] += by * out * 2 * sum * x2;
      total[2] += by * sum * sum;
    });
    return total;
  });
}

function judged(weights: readonly Weights[]): INetwork {
  const outputs = SWITCHES.map(pair => output(weights, pair));
  const loss =
    outputs.reduce((sum, y, i) => sum + (y - (LAMP[i] as number)) ** 2, 0) / 4;
  return { weights, outputs, loss };
}
