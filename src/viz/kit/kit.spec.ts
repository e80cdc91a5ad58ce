import { describe, expect, it } from 'vitest';

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
