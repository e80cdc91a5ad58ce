/** What the host sent, or else the recorded row of two chats, with its losses before and after. */
import { shippedMarks, shippedVocabulary } from '../kit/bpe';
import type { IModel } from '../kit/host';
import { numbers } from '../kit/tensor';
import example from './example.json';

export interface IGiven {
  readonly tokens: readonly string[];
  readonly ids: readonly number[];
  /** Of one model, or of the two that are recorded; none where nothing was sent. */
  readonly losses: ReadonlyArray<readonly number[]>;
  readonly isRecorded: boolean;
}

export function given(model: IModel): IGiven {
  const sent = model.get('tokens');
  if (!Array.isArray(sent)) {
    const { before, after } = example.losses;
    return {
      tokens: named(example.ids),
      ids: example.ids,
      losses: [before, after],
      isRecorded: true
    };
  }
  const losses = numbers(model.get('losses'), []);
  return {
    tokens: sent.map(String),
    ids: numbers(model.get('ids'), []),
    losses: losses.length === 0 ? [] : [losses],
    isRecorded: false
  };
}

/** The texts of ids in the shipped vocabulary, marks as they are written. */
export function named(ids: readonly number[]): string[] {
  const vocabulary = shippedVocabulary();
  const marks = new Map([...shippedMarks()].map(([mark, id]) => [id, mark]));
  return ids.map(id => marks.get(id) ?? vocabulary.name(id));
}
