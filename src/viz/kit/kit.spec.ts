import { describe, expect, it } from 'vitest';

import { type IFocus, pointable, pointableWithin, pointing } from './focus';
import { factor, fixed, percent, short, signed, whole } from './format';
import { type IModel, Leaving, picture } from './host';
import { words } from './strings';
import { numbers } from './tensor';

function view(bytes: number[]): DataView {
  return new DataView(Uint8Array.from(bytes).buffer);
}

/** As hosts do it: everybody who listens hears of every change. */
function hostModel(given: Record<string, unknown> = {}): IModel {
  const values = new Map(Object.entries(given));
  const listeners = new Map<string, Set<() => void>>();
  return {
    get: key => values.get(key),
    set(key, value) {
      values.set(key, value);
      listeners.get(`change:${key}`)?.forEach(listener => listener());
    },
    save_changes() {},
    on: (event, listener) =>
      void listeners.set(
        event,
        (listeners.get(event) ?? new Set()).add(listener)
      ),
    off: (event, listener) => void listeners.get(event)?.delete(listener)
  };
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
    const model = hostModel({ strings: { b: 'zwei %1' } });
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
    [0, '0.0%', '0%'],
    [1e-9, '<0.1%', '<1%'],
    [0.0006, '0.1%', '<1%'],
    [0.5, '50.0%', '50%'],
    [0.9999, '>99.9%', '>99%'],
    [1, '100.0%', '100%']
  ])('%s as a share: tiny is not nothing', (share, text, rough) => {
    expect(percent(share)).toBe(text);
    expect(percent(share, 0)).toBe(rough);
  });

  it('writes factors and large numbers as school does', () => {
    expect([factor(-1.5), factor(1.5), factor(-0.001)]).toEqual([
      '(−1.50)',
      '1.50',
      '0.00'
    ]);
    expect(whole(32896)).toBe('32,896');
  });
});

describe('pointing', () => {
  function drawn(): {
    model: IModel;
    leaving: Leaving;
    lit: Array<IFocus | null>;
    parts: HTMLElement[];
    row: HTMLElement;
  } {
    const model = hostModel();
    const leaving = new Leaving();
    const lit: Array<IFocus | null> = [];
    const point = pointing(model, leaving, focus => lit.push(focus));
    const row = document.createElement('div');
    const parts = [0, 1].map(token => {
      const part = document.createElement('button');
      pointable(part, point, () => ({ token }));
      row.append(part);
      return part;
    });
    pointableWithin(row, point);
    document.body.replaceChildren(row);
    return { model, leaving, lit, parts, row };
  }
  const mouse = (node: Element | undefined, kind: string): void =>
    void node?.dispatchEvent(new Event(kind));

  it('is the same by mouse and by key; the latest counts, then the other', () => {
    const { lit, parts, row } = drawn();
    parts[0]?.focus();
    mouse(parts[1], 'pointerenter');
    mouse(row, 'pointerleave');
    parts[0]?.blur();
    expect(lit).toEqual([{ token: 0 }, { token: 1 }, { token: 0 }, null]);
  });

  it('lasts on the way from one part to the next, and is said once', () => {
    const { lit, parts } = drawn();
    parts[0]?.focus();
    mouse(parts[0], 'pointerenter');
    parts[1]?.focus();
    expect(lit).toEqual([{ token: 0 }, { token: 1 }]);
  });

  it('lights what the host points at, and points at nothing once it left', () => {
    const { model, leaving, lit, parts } = drawn();
    model.set('focus', { head: 2 });
    mouse(parts[0], 'pointerenter');
    leaving.leave();
    expect(lit).toEqual([{ head: 2 }, { token: 0 }]);
    expect(model.get('focus')).toBeNull();
  });

  it('leaves alone what somebody else points at', () => {
    const { model, leaving } = drawn();
    model.set('focus', { head: 2 });
    leaving.leave();
    expect(model.get('focus')).toEqual({ head: 2 });
  });
});

describe('picture', () => {
  it('says what does not fit, and draws when it does', () => {
    const model = hostModel({ n: 1 });
    const el = document.createElement('div');
    const { render } = picture(
      (_, root) => {
        if (model.get('n') === 2) {
          root.append('half');
          throw new Error('Two does not fit.');
        }
        if (model.get('n') === 3) {
          throw new TypeError('fault');
        }
        root.append(`n = ${String(model.get('n'))}`);
      },
      ['n']
    );
    const leave = render({ model, el });
    expect(el.textContent).toBe('n = 1');
    model.set('n', 2);
    expect(el.textContent).toBe('Two does not fit.');
    model.set('n', 4);
    expect(el.textContent).toBe('n = 4');
    expect(() => model.set('n', 3)).toThrow('fault');
    expect(el.textContent).toBe('');
    leave();
    expect(el.childNodes).toHaveLength(0);
  });
});
