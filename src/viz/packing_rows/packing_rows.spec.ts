import { describe, expect, it } from 'vitest';

import { compute, lengthsOf, nameOf, tally } from './compute';
import example from './example.json';

describe('compute', () => {
  it.each(example.golden)(
    'makes the rows of Packer: $lengths into $slots',
    place => {
      const { picks, lost } = compute(place, place);
      const rows = place.rows.map((_, row) =>
        picks
          .filter(pick => pick.row === row)
          .flatMap(({ document, tokens }) => Array(tokens).fill(document))
      );
      expect(rows).toEqual(place.rows);
      const { documents, repeated } = tally(picks);
      const taken = picks
        .filter(({ kind }) => kind !== 'fills')
        .map(({ document }) => document);
      const waiting = place.lengths
        .map((_, document) => document)
        .filter(document => !taken.includes(document));
      expect(waiting).toEqual(place.waiting);
      expect({
        documents,
        cropped: lost.filter(tokens => tokens > 0).length,
        tokens_lost: lost.reduce((sum, tokens) => sum + tokens, 0),
        tokens_repeated: repeated
      }).toEqual(place.counts);
    }
  );

  it('has the numbers of the note', () => {
    const { picks } = compute(example, example);
    expect(tally(picks)).toEqual({
      rows: 3,
      documents: 5,
      fresh: 29,
      repeated: 1
    });
    expect(picks.map(({ document }) => nameOf(document)).join('')).toBe(
      'ACBDEF'
    );
  });
});

describe('lengthsOf', () => {
  it('reads numbers, and refuses anything else', () => {
    expect(lengthsOf(' 7, 4;3  6,')).toEqual([7, 4, 3, 6]);
    expect(lengthsOf('')).toEqual([]);
    expect(lengthsOf('7, x')).toBeNull();
    expect(lengthsOf('7, 0')).toBeNull();
    expect(lengthsOf('1.5')).toBeNull();
  });
});
