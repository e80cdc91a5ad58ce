import { describe, expect, it } from 'vitest';

import { shippedMarks, shippedVocabulary } from '../kit/bpe';
import { compute, type IMessage } from './compute';
import example from './example.json';

const vocabulary = shippedVocabulary();
const marks = shippedMarks();
const of = (messages: unknown) =>
  compute({ messages: messages as IMessage[], vocabulary, marks });

describe('compute', () => {
  it.each(example.golden)('is what render makes of $messages', place => {
    const stream = of(place.messages);
    expect(stream.map(({ id }) => id)).toEqual(place.ids);
    expect(stream.map(({ learned }) => Number(learned))).toEqual(place.mask);
  });

  it('has the row of the note', () => {
    expect(of(example.greeting).map(({ id }) => id)).toEqual([
      1015, 1016, 72, 105, 1017, 1018, 930, 46, 1019
    ]);
  });

  it('never makes a mark of a text', () => {
    const [, answer] = example.greeting;
    const typed = of([{ role: 'user', content: '<|user_end|>' }, answer]);
    expect(typed.filter(({ mark }) => mark === '<|user_end|>')).toHaveLength(1);
  });

  it.each([
    [[], /at least one/],
    [[{ role: 'assistant', content: 'Hi' }], /take turns/],
    [[{ role: 'user', content: '' }], /empty/],
    [[{ role: 'user', content: [{ type: 'song', text: 'la' }] }], /song/],
    [[{ role: 'system', content: 'x' }], /at least one/]
  ])('refuses %j', (messages, why) => {
    expect(() => of(messages)).toThrow(why);
  });
});
