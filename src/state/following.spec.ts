import type { Event } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { CHANGED_EVENT, PROGRESS_EVENT } from '../api/types.gen';
import { followLearning } from './following';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('looks again after a cell, an event of ours, a return; not afterwards', async () => {
  const executed = new Signal<object, object>({});
  const stream = new Signal<object, Event.Emission>({});
  const did: string[] = [];
  const act = (name: string) => () => Promise.resolve(void did.push(name));
  const stop = followLearning(
    { look: act('look'), recall: act('recall'), send: act('send') },
    stream as unknown as Event.Stream,
    executed,
    window
  );
  const after = async (happens: () => void): Promise<string> => {
    did.length = 0;
    happens();
    await vi.runAllTimersAsync();
    return did.join();
  };
  const emit = (schema_id: string) => (): void =>
    stream.emit({ schema_id } as Event.Emission);
  expect(
    await after(() => {
      executed.emit({});
      executed.emit({});
    })
  ).toBe('look');
  expect(await after(emit(CHANGED_EVENT))).toBe('look');
  expect(await after(emit(PROGRESS_EVENT))).toBe('recall,look');
  expect(await after(emit('other'))).toBe('');
  expect(await after(() => window.dispatchEvent(new Event('focus')))).toBe(
    'send,recall,look'
  );
  stop();
  executed.emit({});
  expect(await after(emit(PROGRESS_EVENT))).toBe('');
});
