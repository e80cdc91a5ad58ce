import { describe, expect, it } from 'vitest';

import { compute } from './compute';
import example from './example.json';
import { given } from './inputs';
import { tokenText } from './texts';

const last = example.shares.length - 1;

describe('the recorded reading', () => {
  it('is in order, and what is kept is less than everything', () => {
    for (const row of example.shares) {
      expect(row).toEqual([...row].sort((a, b) => b - a));
      expect(row.reduce((a, b) => a + b)).toBeLessThanOrEqual(1.0001);
    }
  });

  it('copies the ball: only the last layer knows what Tom lost', () => {
    const end = compute(example, { layer: last });
    expect(end.winner).toMatchObject({
      id: example.ids[last]?.[0],
      rank: 0
    });
    expect(example.names[last]?.[0]).toBe(' ball');
    expect(end.winner.share).toBeGreaterThan(0.9);
    expect(end.settled).toBe(last);
    expect(compute(example, { layer: 0 }).winner.rank).toBeNull();
  });
});

describe('compute', () => {
  const shares = [
    [0.5, 0.2],
    [0.6, 0.3],
    [0.9, 0.1]
  ];
  const ids = [
    [7, 8],
    [8, 7],
    [8, 9]
  ];

  it('says where every token stands, in an order that never changes', () => {
    expect(compute({ shares, ids }, { layer: 0 }).all).toEqual([
      { id: 7, share: 0.5, rank: 0 },
      { id: 8, share: 0.2, rank: 1 },
      { id: 9, share: 0, rank: null }
    ]);
    expect(
      compute({ shares, ids }, { layer: 2 }).all.map(({ rank }) => rank)
    ).toEqual([null, 0, 1]);
  });

  it('finds from where on the winner leads', () => {
    const one = compute({ shares, ids }, { layer: 0 });
    expect(one.settled).toBe(1);
    expect(one.winner).toEqual({ id: 8, share: 0.2, rank: 1 });
    expect(one.isLast).toBe(false);
    const back = [[8], [7], [8]];
    const ones = [[1], [1], [1]];
    expect(compute({ shares: ones, ids: back }, { layer: 9 }).settled).toBe(2); // it led, lost the lead, and won it back
  });

  it('refuses readings that do not fit together', () => {
    expect(() =>
      compute({ shares: [[1]], ids: [[7, 8]] }, { layer: 0 })
    ).toThrow('as many');
  });
});

describe('the inputs', () => {
  const model = (values: Record<string, unknown>) => ({
    get: (key: string) => values[key],
    set: () => undefined,
    save_changes: () => undefined,
    on: () => undefined,
    off: () => undefined
  });
  const tensor = (shape: number[], values: number[]) => {
    const data = new DataView(new ArrayBuffer(4 * values.length));
    values.forEach((value, n) => data.setFloat32(4 * n, value, true));
    return { dtype: 'float32', shape, data };
  };

  it('are cut into layers', () => {
    const found = given(
      model({
        shares: tensor([2, 2], [0.5, 0.25, 0.75, 0.125]),
        ids: [7, 8, 8, 7],
        names: ['a', 'b', 'b', 'a'],
        tokens: ['x']
      })
    );
    expect(found).toMatchObject({
      shares: [
        [0.5, 0.25],
        [0.75, 0.125]
      ],
      ids: [
        [7, 8],
        [8, 7]
      ],
      tokens: ['x'],
      isRecorded: false
    });
    expect(given(model({})).isRecorded).toBe(true);
  });

  it('that do not fit together are a sentence', () => {
    expect(() =>
      given(model({ shares: tensor([2, 2], [1, 1, 1, 1]), names: ['a'] }))
    ).toThrow('do not fit together');
  });

  it('show every token', () => {
    const texts = [' a', '\n', '', '\u0001', '\ufffd'];
    expect(texts.map((text, n) => tokenText(n, text))).toEqual([
      '␣a',
      '⏎',
      '∅',
      '#3',
      '#4'
    ]);
  });
});
