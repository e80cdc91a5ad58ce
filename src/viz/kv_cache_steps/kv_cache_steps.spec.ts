import { describe, expect, it } from 'vitest';

import { compute, type ICacheInputs } from './compute';
import example from './example.json';
import golden from './golden.json';

const recorded: ICacheInputs = {
  positions: example.tokens.length,
  layers: example.layers,
  headWidth: example.head_width,
  numberBytes: example.number_bytes
};
const N = recorded.positions;

describe('compute', () => {
  it.each(golden)(
    'needs the bytes of the real cache: $kv_heads heads, $positions places',
    ({ kv_heads, positions, bytes }) => {
      const all = { prompt: 1, calls: positions, kvHeads: kv_heads };
      const cache = compute({ ...recorded, positions }, all);
      expect(cache.places).toBe(positions);
      expect(cache.bytes).toBe(bytes);
    }
  );

  it('works out n(n + 1)/2 keys without a cache, and n with it', () => {
    for (let calls = 0; calls <= N; calls++) {
      const cache = compute(recorded, { prompt: 1, calls, kvHeads: 4 });
      expect(cache.without).toBe((calls * (calls + 1)) / 2);
      expect(cache.with).toBe(calls);
    }
  });

  it('reads the prompt in one call, and each token once with a cache', () => {
    for (let prompt = 1; prompt <= N; prompt++) {
      const calls = N - prompt + 1;
      const cache = compute(recorded, { prompt, calls, kvHeads: 4 });
      expect(cache.calls.map(({ phase }) => phase)).toEqual([
        'prefill',
        ...Array(calls - 1).fill('decode')
      ]);
      expect(cache.with).toBe(N);
      expect(cache.without).toBe((N * (N + 1) - prompt * (prompt - 1)) / 2);
      expect(cache.calls.at(-1)?.to).toBe(N);
    }
  });

  it('keeps nothing before the first call', () => {
    const cache = compute(recorded, { prompt: 3, calls: 0, kvHeads: 4 });
    expect([cache.without, cache.with, cache.bytes]).toEqual([0, 0, 0]);
  });

  it.each([0, N + 1, NaN])('refuses a prompt of %d tokens', prompt => {
    expect(() => compute(recorded, { prompt, calls: 1, kvHeads: 4 })).toThrow(
      /prompt/
    );
  });
});

describe('the recorded agreement', () => {
  it('is rounding: far below what could change a choice', () => {
    expect(example.agreement.map(({ kv_heads }) => kv_heads)).toEqual([
      4, 2, 1
    ]);
    for (const { difference, largest } of example.agreement) {
      expect(difference).toBeGreaterThan(0);
      expect(difference / largest).toBeLessThan(1e-5);
    }
  });
});
