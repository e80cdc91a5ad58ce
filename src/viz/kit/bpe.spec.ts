import { describe, expect, it } from 'vitest';

import {
  broken,
  counts,
  learn,
  mergesOf,
  readable,
  shippedMarks,
  shippedVocabulary,
  split,
  utf8,
  Vocabulary,
  wordsOf
} from './bpe';
import golden from './tokenizer.golden.json';
import shipped from './tokenizer.json';

const known = shippedVocabulary();

describe('split', () => {
  it.each(golden.texts)('cuts as SPLIT_PATTERN does: $text', place => {
    expect(split(place.text).map(({ text, rule }) => [text, rule])).toEqual(
      place.pieces
    );
  });

  it('has as many rules as SPLIT_PATTERN', () => {
    const met = golden.texts.flatMap(({ pieces }) =>
      pieces.map(([, rule]) => rule)
    );
    expect(new Set(met).size).toBe(shipped.rules.length);
  });
});

describe('learn', () => {
  it.each(golden.learned)('learns the merges of bpe.py: $texts', place => {
    expect(mergesOf(learn(place.texts, 40))).toEqual(place.merges);
  });

  it('counts with how often a word occurs, and settles a draw by ids', () => {
    const [first, second] = counts(wordsOf(['pin', 'pins', 'spin']));
    expect([first, second]).toEqual([
      { pair: [105, 110], times: 3 },
      { pair: [112, 105], times: 3 }
    ]);
    expect(wordsOf(['hug', 'hug'])).toEqual([
      { ids: [104, 117, 103], times: 2 }
    ]);
  });

  it('ends when no pair is left', () => {
    expect(learn(['a'], 9)).toHaveLength(1);
    expect(learn([], 9)[0]?.counts).toEqual([]);
  });
});

describe('Vocabulary', () => {
  it.each(golden.texts)('encodes as tiktoken does: $text', place => {
    const ids = known.encode(place.text);
    expect(ids).toEqual(place.ids);
    expect(utf8(place.text)).toEqual(place.bytes);
    expect(ids.map(id => known.bytes(id).length)).toEqual(place.token_bytes);
  });

  it('uses a small list as the note does', () => {
    const few = new Vocabulary(mergesOf(learn(['hug', 'hugs', 'bug'], 2)));
    expect(few.steps('hugs')).toEqual([
      [104, 117, 103, 115],
      [104, 256, 115],
      [257, 115]
    ]);
    expect(few.encode('mug')).toEqual([109, 256]);
    expect(few.bytes(999)).toEqual([]);
  });

  it('puts the marks behind everything else', () => {
    expect(shippedMarks().get('<|bos|>')).toBe(1015);
    expect(shippedMarks().get('<|output_end|>')).toBe(1023);
  });
});

describe('readable', () => {
  it('shows what can be read, and bytes where nothing can', () => {
    expect(readable([32, 116])).toBe('␣t');
    expect(readable([195])).toBe('[195]');
    expect(readable([0])).toBe('[0]');
    expect(readable([240, 159, 153, 130])).toBe('🙂');
  });

  it('knows half a character when it sees one', () => {
    expect([broken('🙂'), broken('🙂'.slice(0, 1))]).toEqual([false, true]);
    expect(() => utf8('\ud83d')).toThrow(/half/);
  });
});
