import { describe, expect, it } from 'vitest';

import {
  bend,
  compute,
  LAMP,
  learn,
  output,
  SWITCHES,
  type Weights
} from './compute';
import example from './example.json';
import { across } from './field';

const { rate } = example;
const start = (n: number, neurons: number): Weights[] =>
  (example.starts[n] as unknown as Weights[]).slice(0, neurons);

describe('learn', () => {
  it.each(example.golden)(
    'goes where torch’s slopes go: start $start, $neurons neurons',
    ({ start: n, neurons, losses, after_one: one }) => {
      const run = learn({ start: start(n, neurons), rate }, 200);
      [0, 1, 10, 200].forEach((step, i) =>
        expect(run[step]?.loss).toBeCloseTo(losses[i] as number, 8)
      );
      const weights = run[1]?.weights ?? [];
      expect([
        ...weights.flatMap(([a1, a2]) => [a1, a2]),
        ...weights.map(([, , out]) => out)
      ]).toEqual(one.map(value => expect.closeTo(value, 10)));
    }
  );

  it('takes the step of the note: 0.5 becomes 0.75 where one setting counts', () => {
    // the loss is a mean over four settings, so four times a quarter of its slope
    const [, after] = learn(
      {
        start: [
          [1, -1, 0.5],
          [-1, 1, 1]
        ],
        rate: 1
      },
      1
    );
    expect(after?.weights[0]?.[2]).toBeCloseTo(0.75, 9);
    expect(after?.outputs[1]).toBeCloseTo(1, 9); // the second neuron had no error
  });
});

describe('output', () => {
  it('is the lamp with the weights of the note, as our MLP says', () => {
    const weights: Weights[] = [
      [1, -1, 1],
      [-1, 1, 1]
    ];
    const outputs = SWITCHES.map(pair => output(weights, pair));
    expect(outputs).toEqual(example.lamp);
    expect(outputs).toEqual([...LAMP]);
  });

  it('is nothing where every neuron sleeps', () => {
    expect([-2, 0, 3].map(bend)).toEqual([0, 0, 9]);
    expect(output([[-1, -1, 5]], [1, 1])).toBe(0);
  });
});

describe('compute', () => {
  it('shows one neuron and the network side by side', () => {
    const params = { a1: 2, a2: -1, bias: 0.5, neurons: 3, step: 4 };
    const now = compute({ start: start(0, 8), rate }, params);
    expect(now.sums).toEqual([0.5, -0.5, 2.5, 1.5]);
    expect(now.bent).toEqual([0.25, 0, 6.25, 2.25]);
    expect(now.network.weights.length).toBe(3);
    expect(now.losses.length).toBe(5);
    expect(() =>
      compute({ start: start(0, 8), rate }, { ...params, neurons: 9 })
    ).toThrow(/1 to 8/);
  });
});

describe('across', () => {
  it('runs where the sum is 0', () => {
    const bent = [1.5, -0.5, 0.25] as const;
    across(bent)?.forEach(([x1, x2]) =>
      expect(bent[0] * x1 + bent[1] * x2 + bent[2]).toBeCloseTo(0, 9)
    );
    expect(across([0, 0, 1])).toBeNull();
  });
});
