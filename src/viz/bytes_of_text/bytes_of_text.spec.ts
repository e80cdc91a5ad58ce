import { describe, expect, it } from 'vitest';

import { shippedVocabulary } from '../kit/bpe';
import { breaks, compute, kindOf, sum } from './compute';
import example from './example.json';

const vocabulary = shippedVocabulary();
const of = (text: string) => compute({ text, vocabulary });

describe('compute', () => {
  it.each(example.golden)('is what Python says of $text', place => {
    const { points, bytes, ids } = of(place.text);
    const between = ({ from, to }: { from: number; to: number }) =>
      bytes.slice(from, to).map(({ value }) => value);
    expect(points.map(({ value }) => value)).toEqual(place.points);
    expect(points.map(between)).toEqual(place.point_bytes);
    expect(ids.map(({ value }) => value)).toEqual(place.ids);
    expect(ids.map(between)).toEqual(place.id_bytes);
  });

  it('sees what one sees: an accent belongs to its letter', () => {
    const { glyphs, points, bytes } = of(example.twins);
    expect(glyphs.map(({ to, from }) => to - from)).toEqual([2, 3]);
    expect([points.length, bytes.length]).toEqual([3, 5]);
  });

  it('refuses half a character', () => {
    expect(() => of('🙂'.slice(1))).toThrow(/half/);
  });
});

describe('kindOf and sum', () => {
  it('knows where a character begins, and writes the sum of the note', () => {
    expect([97, 195, 169].map(kindOf)).toEqual(['whole', 'opens', 'continues']);
    expect(sum([195, 169])).toBe('64 × (195 − 192) + (169 − 128)');
  });

  it.each(
    example.golden
      .flatMap(({ points, point_bytes: bytes }) =>
        points.map((point, n) => [point, bytes[n] as number[]] as const)
      )
      .filter(([, bytes]) => bytes.length > 1)
  )('adds up to the code point %s', (point, bytes) => {
    const total = sum(bytes)
      .split(' + ')
      .map(term => {
        const [, factor = '1', a, b] =
          /^(?:([\d,]+) × )?\((\d+) − (\d+)\)$/.exec(term) ?? [];
        return Number(factor.replace(/,/g, '')) * (Number(a) - Number(b));
      })
      .reduce((all, term) => all + term, 0);
    expect(total).toBe(point);
  });
});

describe('breaks', () => {
  it('cuts no character and no token where that can be', () => {
    expect(breaks(of('hé🙂'), 4)).toEqual([0, 3]);
    expect(breaks(of('Nora was sad'), 6)).toEqual([0, 4, 8]);
  });

  it('goes on where nothing else can be done', () => {
    expect(breaks(of('👨\u200d👩\u200d👧'), 7)).toEqual([0, 7, 14]);
    expect(breaks(of(''), 7)).toEqual([]);
  });
});
