import { describe, expect, it } from 'vitest';

import { compute, pieces, textsOf } from './compute';
import example from './example.json';

describe('compute', () => {
  it.each(example.golden)('learns and cuts as bpe.py does: $texts', place => {
    const { states, merges } = compute({ texts: place.texts }, { step: 0 });
    expect(merges.map(({ left, right }) => [left, right])).toEqual(
      place.merges
    );
    place.steps.forEach((step, n) => {
      expect(pieces(states[n]!)).toBe(step.pieces);
      const distinct = [...new Set(step.ids.map(ids => ids.join()))];
      expect(states[n]!.words.map(({ ids }) => ids.join())).toEqual(distinct);
    });
  });

  it('has the table of the note', () => {
    const { merges } = compute({ texts: example.texts }, { step: 0 });
    expect(
      merges
        .slice(0, 2)
        .map(({ times, id, before, after }) => [times, id, before, after])
    ).toEqual([
      [3, 256, 10, 7],
      [2, 257, 7, 5]
    ]);
  });

  it('counts a + a twice in aaa and glues it once', () => {
    const { merges } = compute({ texts: ['aaa'] }, { step: 0 });
    expect(merges[0]).toMatchObject({ times: 2, before: 3, after: 2 });
  });

  it('goes no further than there are pairs', () => {
    expect(compute({ texts: ['ab'] }, { step: 9 }).step).toBe(1);
    expect(compute({ texts: [] }, { step: 9 }).step).toBe(0);
  });
});

describe('textsOf', () => {
  it('takes commas for the borders of texts', () => {
    expect(textsOf(' hug,hugs , ,bug')).toEqual(['hug', 'hugs', 'bug']);
    expect(textsOf('')).toEqual([]);
  });
});
