import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';

import type { ModelInfo, TutorState } from '../../api/types.gen';
import { factsOf, hostOf, keySentence } from './words';

const trans = nullTranslator.load('nanochat_learn');

describe('what is said of a model', () => {
  const facts = (changes: Partial<ModelInfo>): string =>
    factsOf(
      {
        id: 'm',
        label: 'M',
        free: false,
        context: 131_072,
        tools: true,
        price_in: 0.1,
        price_out: 0.4,
        ...changes
      },
      trans
    );
  it.each<[Partial<ModelInfo>, string]>([
    [{}, '$0.10 in, $0.40 out · 131k tokens · looks things up itself'],
    [{ free: true, tools: false }, 'free · 131k tokens · no looking up'],
    [{ price_out: null }, 'price not known'],
    [{ price_in: 0.004 }, '$0.004 in'],
    [{ context: 1_048_576 }, '1M tokens'],
    [{ context: 512 }, '512 tokens']
  ])('%j: %s', (changes, words) => {
    expect(facts(changes)).toContain(words);
  });
});

describe('where the key comes from', () => {
  it.each(['none', 'file', 'environment', 'config', 'unneeded'] as const)(
    '%s is a sentence about the provider',
    key => {
      const state = { key, base_url: 'https://a.example/v1' } as TutorState;
      expect(keySentence(state, trans)).toMatch(/a\.example.*\.$/);
    }
  );

  it('shows an address that is none as it is', () => {
    expect(hostOf('nonsense')).toBe('nonsense');
  });
});
