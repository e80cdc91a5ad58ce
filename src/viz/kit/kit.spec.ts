import { describe, expect, it } from 'vitest';

import { fixed, percent, short, signed } from './format';
import { words } from './strings';
import { numbers } from './tensor';

function view(bytes: number[]): DataView {
  return new DataView(Uint8Array.from(bytes).buffer);
}

describe('numbers', () => {
  it('reads lists, single numbers, and falls back', () => {
    expect(numbers([1, 2], [])).toEqual([1, 2]);
    expect(numbers(3, [])).toEqual([3]);
    expect(numbers(undefined, [4])).toEqual([4]);
  });

  it.each([
    ['float32', [0, 0, 128, 63, 0, 0, 32, 192], [1, -2.5]],
    ['float16', [0, 60, 0, 193, 1, 0, 0, 124], [1, -2.5, 2 ** -24, Infinity]],
    ['bfloat16', [128, 63, 32, 192], [1, -2.5]],
    ['int32', [255, 255, 255, 255], [-1]]
  ])('reads %s, little end first', (dtype, bytes, wanted) => {
    const shape = [wanted.length];
    expect(numbers({ dtype, shape, data: view(bytes) }, [])).toEqual(wanted);
  });

  it('refuses a kind it does not know', () => {
    expect(() =>
      numbers({ dtype: 'int4', shape: [1], data: view([0]) }, [])
    ).toThrow(/int4/);
  });
});

describe('words', () => {
  it('fills places in, and lets a host translate', () => {
    const model = {
      get: () => ({ b: 'zwei %1' }),
      set() {},
      save_changes() {},
      on() {},
      off() {}
    };
    const say = words({ a: 'one %2 %1', b: 'two' }, model);
    expect(say('a', 'x', 'y')).toBe('one y x');
    expect(say('b', 5)).toBe('zwei 5');
  });
});

describe('format', () => {
  it.each([
    [-1.5, '−1.50', '−1.50'],
    [-0.001, '0.00', '+0.00'],
    [2, '2.00', '+2.00']
  ])('%s with a real minus', (value, plain, withSign) => {
    expect(fixed(value)).toBe(plain);
    expect(signed(value)).toBe(withSign);
  });

  it.each([
    [0, '0'],
    [0.5, '0.5'],
    [4684.03, '4680'],
    [1.636332e23, '1.64 × 10²³'],
    [-7.4689e-43, '−7.47 × 10⁻⁴³'],
    [Infinity, '∞'],
    [-Infinity, '−∞']
  ])('%s in the digits that count', (value, text) => {
    expect(short(value)).toBe(text);
  });

  it.each([
    [0, '0.0 %'],
    [1e-9, '<0.1 %'],
    [0.0006, '0.1 %'],
    [0.5, '50.0 %'],
    [0.9999, '>99.9 %'],
    [1, '100.0 %']
  ])('%s as a share: tiny is not nothing', (share, text) => {
    expect(percent(share)).toBe(text);
  });
});
