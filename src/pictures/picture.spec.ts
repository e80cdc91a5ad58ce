import { describe, expect, it } from 'vitest';

import { mountPicture, PictureModel } from './picture';

function stage(): HTMLElement {
  return document.createElement('div');
}

describe('PictureModel', () => {
  it('tells what changed, once, to those who still listen', () => {
    const model = new PictureModel({ m: 1 });
    const heard: unknown[] = [];
    const listen = (_: unknown, value: unknown): void => void heard.push(value);
    model.on('change:m', listen);
    model.on('change', () => heard.push('any'));
    model.set('m', 1);
    model.set('m', 2);
    model.set('other', 3);
    expect(heard).toEqual([2, 'any', 'any']);
    expect(model.get('m')).toBe(2);
    model.off('change:m', listen);
    model.off('change');
    model.set('m', 5);
    expect(heard).toHaveLength(3);
  });

  it('survives a listener that leaves while it is told', () => {
    const model = new PictureModel();
    let second = 0;
    const first = (): void => model.off('change:m', first);
    model.on('change:m', first);
    model.on('change:m', () => second++);
    model.set('m', 1);
    model.set('m', 2);
    expect(second).toBe(2);
  });
});

describe('mountPicture', () => {
  const drawing = (left: string[]) => ({
    default: {
      render: ({ el, model }: { el: HTMLElement; model: PictureModel }) => {
        el.append(`theme ${(model.get('env') as { theme: string }).theme}`);
        return () => left.push('left');
      }
    }
  });

  it('draws, and leaves nothing behind', async () => {
    const left: string[] = [];
    const el = stage();
    const stop = new AbortController();
    const model = new PictureModel({ env: { theme: 'dark' } });
    await mountPicture('u', el, model, stop.signal, () =>
      Promise.resolve(drawing(left))
    );
    expect(el.textContent).toBe('theme dark');
    stop.abort();
    expect(el.childNodes).toHaveLength(0);
    expect(left).toEqual(['left']);
  });

  it('does not draw for somebody who has gone', async () => {
    const el = stage();
    const stop = new AbortController();
    const mounting = mountPicture(
      'u',
      el,
      new PictureModel(),
      stop.signal,
      () => Promise.resolve(drawing([]))
    );
    stop.abort();
    await mounting;
    expect(el.childNodes).toHaveLength(0);
  });

  it('cleans up after a drawing that was slow', async () => {
    const left: string[] = [];
    const el = stage();
    const stop = new AbortController();
    await mountPicture('u', el, new PictureModel(), stop.signal, () =>
      Promise.resolve({
        default: {
          render: async ({ el: host }: { el: HTMLElement }) => {
            host.append('late');
            stop.abort();
            await Promise.resolve();
            return () => left.push('left');
          }
        }
      })
    );
    expect(el.childNodes).toHaveLength(0);
    expect(left).toEqual(['left']);
  });

  it.each([
    ['no module', () => Promise.reject(new TypeError('404'))],
    ['no picture', () => Promise.resolve({ default: {} })],
    [
      'a fault',
      () =>
        Promise.resolve({
          default: {
            render({ el }: { el: HTMLElement }) {
              el.append('half');
              throw new Error('fault');
            }
          }
        })
    ]
  ])('rejects on %s, with an empty stage', async (_, load) => {
    const el = stage();
    const { signal } = new AbortController();
    await expect(
      mountPicture('u', el, new PictureModel(), signal, load)
    ).rejects.toThrow();
    expect(el.childNodes).toHaveLength(0);
  });
});
