import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { Widget } from '@lumino/widgets';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { GrowingMarkdown } from './growing';

/** Renderers that write their source as text, each when `release` lets it. */
function registry(slow = false) {
  const waiting: (() => void)[] = [];
  const drawn: string[] = [];
  const rendermime = {
    createRenderer: () => {
      const widget = new Widget();
      return Object.assign(widget, {
        renderModel: async (model: { data: Record<string, string> }) => {
          if (slow) {
            await new Promise<void>(resolve => waiting.push(resolve));
          }
          const source = model.data['text/markdown'] ?? '';
          drawn.push(source);
          widget.node.textContent = source;
        }
      });
    },
    createModel: (model: object) => model
  } as unknown as IRenderMimeRegistry;
  return { rendermime, drawn, waiting };
}

const told = (host: HTMLElement) =>
  [...host.children].map(node => node.textContent);

beforeEach(() => vi.useFakeTimers());

describe('Markdown that grows', () => {
  it('keeps the nodes of what is finished', async () => {
    const host = document.createElement('div');
    const { rendermime, drawn } = registry();
    const growing = new GrowingMarkdown(host, rendermime, () => undefined);
    void growing.show('One.\n\nTw', false);
    await vi.advanceTimersByTimeAsync(200);
    const [first, second] = host.children;
    void growing.show('One.\n\nTwo.\n\nThr', false);
    await vi.advanceTimersByTimeAsync(200);
    expect(told(host)).toEqual(['One.', 'Two.', 'Thr']);
    expect(host.children[0]).toBe(first);
    expect(host.children[1]).not.toBe(second);
    expect(drawn.filter(source => source === 'One.')).toHaveLength(1);
  });

  it('draws at most every 80 ms, and always the last', async () => {
    const host = document.createElement('div');
    const { rendermime, drawn } = registry();
    const growing = new GrowingMarkdown(host, rendermime, () => undefined);
    for (let n = 1; n <= 100; n++) {
      void growing.show('x'.repeat(n), false);
      await vi.advanceTimersByTimeAsync(8);
    }
    await vi.advanceTimersByTimeAsync(200);
    expect(drawn.length).toBeLessThan(15);
    expect(told(host)).toEqual(['x'.repeat(100)]);
  });

  it('never shows nothing, nor an old drawing after a newer one', async () => {
    const host = document.createElement('div');
    const { rendermime, waiting } = registry(true);
    const growing = new GrowingMarkdown(host, rendermime, () => undefined);
    void growing.show('a', false);
    await vi.advanceTimersByTimeAsync(10);
    waiting.shift()?.();
    await vi.advanceTimersByTimeAsync(100);
    expect(told(host)).toEqual(['a']);
    void growing.show('ab', false);
    await vi.advanceTimersByTimeAsync(100);
    expect(told(host)).toEqual(['a']); // the slow one is not ready: the old one stays
    void growing.show('abc', true);
    waiting.shift()?.();
    await vi.advanceTimersByTimeAsync(100);
    waiting.shift()?.();
    await vi.advanceTimersByTimeAsync(100);
    expect(told(host)).toEqual(['abc']);
  });

  it('lets go of what leaves, and of all at the end', async () => {
    const host = document.createElement('div');
    const { rendermime } = registry();
    const signals: AbortSignal[] = [];
    const growing = new GrowingMarkdown(
      host,
      rendermime,
      (_, whole, signal) => {
        signals.push(signal);
        expect(whole).toBe(signals.length === 3);
      }
    );
    void growing.show('One.\n\nTwo.', false);
    await vi.advanceTimersByTimeAsync(200);
    void growing.show('One.\n\nTwo.', true);
    await vi.advanceTimersByTimeAsync(200);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, false]);
    growing.dispose();
    expect(signals[2]?.aborted).toBe(true);
  });
});
