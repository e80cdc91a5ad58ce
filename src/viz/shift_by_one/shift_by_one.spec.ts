import { describe, expect, it } from 'vitest';

import { shippedVocabulary } from '../kit/bpe';
import { compute } from './compute';
import example from './example.json';

describe('compute', () => {
  it.each(example.golden)('does what shift does to $row', place => {
    expect(compute(place)).toEqual({
      inputs: place.inputs,
      targets: place.targets
    });
  });

  it('asks a chat what chat_sft asks it', () => {
    const { row, mask, inputs, targets } = example.chat;
    expect(compute({ row, mask: mask.map(Boolean) })).toEqual({
      inputs,
      targets
    });
  });

  it('has the answers of the note', () => {
    const mask = [false, false, true, true];
    expect(compute({ row: [10, 20, 30, 40], mask }).targets).toEqual([
      -1, 30, 40
    ]);
  });

  it('leaves every token below itself when nothing is moved', () => {
    const { inputs, targets } = compute({ row: example.ids }, { shift: 0 });
    expect(inputs).toEqual(targets);
  });

  it('opens with bos and goes on with the tokens of the text', () => {
    const vocabulary = shippedVocabulary();
    const rows = example.golden.map(({ row }) => row);
    for (const text of example.samples) {
      expect(rows).toContainEqual([1015, ...vocabulary.encode(text)]);
    }
  });
});
