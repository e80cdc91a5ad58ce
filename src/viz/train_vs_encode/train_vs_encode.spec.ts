import { describe, expect, it } from 'vitest';

import { mergesOf } from '../kit/bpe';
import { compute } from './compute';
import example from './example.json';

const cases = Object.values(example.golden).flatMap(({ texts, merges, used }) =>
  used.map(({ text, ids }) => ({ texts, merges, text, ids }))
);
const of = (texts: readonly string[], text: string) =>
  compute({ texts, text, merges: example.merges });

describe('compute', () => {
  it.each(cases)(
    'learns as rustbpe and cuts as tiktoken: $texts, $text',
    ({ texts, merges, text, ids }) => {
      const lanes = of(texts, text);
      expect(mergesOf(lanes.learning)).toEqual(merges);
      expect(lanes.ids).toEqual(ids);
    }
  );

  it('has the look-ups and the counts of the note', () => {
    const { looks, counted } = of(example.golden.plain.texts, 'hugs');
    expect(looks.map(({ makes, smallest }) => [makes, smallest])).toEqual([
      [[null, 256, null], 256],
      [[257, null], 257],
      [[null], null]
    ]);
    expect(counted[0]).toBe(7);
  });

  it('means something else by 256 when it learned from other texts', () => {
    expect(of(example.golden.plain.texts, '').vocabulary.name(256)).toBe('ug');
    expect(of(example.golden.bud.texts, '').vocabulary.name(256)).toBe('bu');
  });

  it('leaves every text as learning left it', () => {
    for (const { texts } of Object.values(example.golden)) {
      for (const text of texts) {
        const { learning, ids } = of(texts, text);
        const words = learning.at(-1)?.words.map(word => word.ids.join());
        expect(words).toContain(ids.join());
      }
    }
  });
});

it('was recorded with all ways in agreement', () => {
  const all = example.agreement;
  expect(all.same_merges).toBe(all.merges);
  expect(all.same_stories).toBe(all.others);
});
