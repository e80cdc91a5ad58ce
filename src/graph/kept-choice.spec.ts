import type { IStateDB } from '@jupyterlab/statedb';
import { describe, expect, it } from 'vitest';

import { keptArrangement, keptByMastery } from './kept-choice';

/** A browser's state: what one page saves, the next one finds. */
function browser(first: Record<string, unknown> = {}): IStateDB {
  const all = new Map(Object.entries(first));
  return {
    fetch: async (key: string) => all.get(key),
    save: async (key: string, value: unknown) => void all.set(key, value)
  } as unknown as IStateDB;
}

describe('a choice about the map', () => {
  it('comes back after a reload, each by itself', async () => {
    const state = browser();
    keptByMastery(state).set(true);
    const [mastery, arrangement] = [
      keptByMastery(state),
      keptArrangement(state)
    ];
    expect(mastery.value).toBe(false);
    await Promise.all([mastery.load(), arrangement.load()]);
    expect([mastery.value, arrangement.value]).toEqual([true, 'regions']);

    keptArrangement(state).set('free');
    mastery.set(false);
    const again = [keptByMastery(state), keptArrangement(state)] as const;
    await Promise.all(again.map(choice => choice.load()));
    expect(again.map(({ value }) => value)).toEqual([false, 'free']);
  });

  it.each([undefined, { odd: 1 }, 'true', 'elsewhere'])(
    'is the usual one where %j was kept',
    async odd => {
      const state = browser({
        'nanochat-learn:graph-arrangement': odd,
        'nanochat-learn:graph-by-mastery': odd
      });
      const both = [keptArrangement(state), keptByMastery(state)] as const;
      await Promise.all(both.map(choice => choice.load()));
      expect(both.map(({ value }) => value)).toEqual(['regions', false]);
    }
  );

  it('beats what is still being read', async () => {
    const state = browser({ 'nanochat-learn:graph-arrangement': 'free' });
    const arrangement = keptArrangement(state);
    const reading = arrangement.load();
    arrangement.set('regions');
    await reading;
    expect(arrangement.value).toBe('regions');
    expect(await state.fetch('nanochat-learn:graph-arrangement')).toBe(
      'regions'
    );
  });

  it('lasts as long as the page without a state, or with one that fails', async () => {
    const failing = {
      fetch: async () => Promise.reject(new Error('full')),
      save: async () => Promise.reject(new Error('full'))
    } as unknown as IStateDB;
    for (const state of [null, failing]) {
      const mastery = keptByMastery(state);
      await mastery.load();
      mastery.set(true);
      expect(mastery.value).toBe(true);
    }
  });
});
