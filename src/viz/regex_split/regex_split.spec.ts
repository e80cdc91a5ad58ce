import { describe, expect, it } from 'vitest';

import { shippedVocabulary } from '../kit/bpe';
import shipped from '../kit/tokenizer.json';
import { compute } from './compute';
import example from './example.json';
import { RULES } from './words';

const vocabulary = shippedVocabulary();

describe('compute', () => {
  it.each(example.golden)('cuts as bpe.py does: $text', place => {
    const { pieces, tokens } = compute({ text: place.text, vocabulary });
    expect(pieces.map(({ text, rule }) => [text, rule])).toEqual(place.pieces);
    expect(pieces.map(({ ids }) => ids.length)).toEqual(place.tokens);
    expect(tokens).toBe(place.tokens.reduce((sum, one) => sum + one, 0));
    pieces.forEach(({ text, from }) =>
      expect(place.text.slice(from, from + text.length)).toBe(text)
    );
  });

  it('loses nothing of any text', () => {
    const text = ' \u00a0x\t\r\n1²٣ \ufeff’s\u0085 end  ';
    const { pieces } = compute({ text, vocabulary });
    expect(pieces.map(piece => piece.text).join('')).toBe(text);
  });

  it('has words for every rule', () => {
    expect(RULES).toHaveLength(shipped.rules.length);
  });
});
