import { describe, expect, it } from 'vitest';

import { apart, compute } from './compute';
import example from './example.json';

const { x, rms_eps: rmsEps, layer_eps: layerEps, golden } = example;
const norms = (list: number[], shift = 0, times = 1) =>
  compute({ x: list, rmsEps, layerEps }, { shift, times });

describe('compute', () => {
  it.each(golden)(
    'does what norm and torch do: times $times, plus $shift, last $x.7',
    place => {
      const { rmsNorm, layerNorm } = norms(place.x, place.shift, place.times);
      place.x.forEach((_, i) => {
        expect(rmsNorm.values[i]).toBeCloseTo(place.rms_norm[i] as number, 5);
        expect(layerNorm.values[i]).toBeCloseTo(
          place.layer_norm[i] as number,
          5
        );
      });
      expect(rmsNorm.length).toBeCloseTo(place.length, 5);
    }
  );

  it('only LayerNorm undoes a shift', () => {
    const before = norms(x);
    const after = norms(x, 2);
    expect(apart(before.layerNorm, after.layerNorm)).toBeLessThan(1e-6);
    expect(apart(before.rmsNorm, after.rmsNorm)).toBeGreaterThan(0.5);
  });

  it('both undo a change of scale, up to eps', () => {
    const before = norms(x);
    for (const times of [0.1, 10]) {
      const after = norms(x, 0, times);
      expect(apart(before.layerNorm, after.layerNorm)).toBeLessThan(1e-3);
      expect(apart(before.rmsNorm, after.rmsNorm)).toBeLessThan(1e-4);
    }
  });

  it('a list ends with length √C, zeros stay zeros', () => {
    expect(norms(x).rmsNorm.length).toBeCloseTo(Math.sqrt(x.length), 5);
    expect(norms([0, 0, 0]).rmsNorm.values).toEqual([0, 0, 0]);
    expect(norms([4, 4]).layerNorm.values).toEqual([0, 0]);
  });

  it('refuses an empty list', () => {
    expect(() => norms([])).toThrow(/at least one number/);
  });
});
