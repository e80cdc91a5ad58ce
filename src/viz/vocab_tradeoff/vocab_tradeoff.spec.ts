import { describe, expect, it } from 'vitest';

import shipped from '../kit/tokenizer.json';
import { compute, sized } from './compute';
import example from './example.json';

const { sizes, special, width } = example;
const vocabularies = sized(
  example.merges,
  sizes.map(({ size }) => size),
  special
);
const of = (text: string) => compute({ text, vocabularies, width });

describe('compute', () => {
  it.each(example.texts.map((text, n) => [text, n] as const))(
    'counts what Python counted: %s',
    (text, n) => {
      expect(of(text).map(({ ids }) => ids.length)).toEqual(
        sizes.map(({ text_tokens: counted }) => counted[n])
      );
    }
  );

  it('has the table of the note', () => {
    const [first, second] = example.texts.map(of);
    const rows = [265, 400, 512, 1024].map(size => {
      const n = sizes.findIndex(one => one.size === size);
      return [
        first?.[n]?.ids.length,
        second?.[n]?.ids.length,
        first?.[n]?.numbers
      ];
    });
    expect(rows).toEqual([
      [41, 22, 67840],
      [20, 20, 102400],
      [19, 16, 131072],
      [13, 16, 262144]
    ]);
  });

  it('learned what the shipped model knows', () => {
    const { length } = shipped.merges;
    expect(example.merges.slice(0, length)).toEqual(shipped.merges);
  });

  it('was measured: a larger vocabulary never needs more tokens', () => {
    const measured = sizes.map(({ story_tokens: tokens }) => tokens);
    expect(measured).toEqual([...measured].sort((a, b) => b - a));
  });
});
