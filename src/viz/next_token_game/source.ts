/**
 * Where the numbers come from: the model in the page, or what was recorded from it. Both tell
 * of a text, place by place; the recording knows one text and some of its places only.
 */
import { readable } from '../kit/bpe';
import { type IOpened, modelFiles, openModel } from '../kit/gpt/files';
import { Reading } from '../kit/gpt/reading';
import type { IModel } from '../kit/host';
import example from './example.json';

/** What follows after a place. */
export interface ISeen {
  readonly scores: ArrayLike<number>;
  /** The token behind a score, as text; '' where the recording does not tell. */
  name(at: number): string;
}

export interface ISource {
  readonly context: number;
  /** The text of a token. */
  text(id: number, place: number): string;
  /** The text of the tokens before `end`, but for the mark that opens it. */
  read(ids: readonly number[], end: number): string;
  /** Null where it is not known. */
  seen(place: number): ISeen | null;
  /** The share that the token at `place` got before it came; null where it is not known. */
  given(place: number): number | null;
  readonly layers: number;
  readonly heads: number;
  attention(
    layer: number,
    head: number,
    place: number
  ): ArrayLike<number> | null;
}

/** The places that were recorded, with their scores. */
const PLACES = new Map(
  example.places.map(one => {
    let score = 0;
    const scores = one.scores.map((step, n) => {
      score += n === 0 ? step : -step;
      return score / example.unit;
    });
    return [one.place, { ...one, scores }];
  })
);
/** In the order of the text. */
export const STOPS: readonly number[] = [...PLACES.keys()];

export function recorded(): ISource {
  const { story, context } = example;
  const heads = example.places[0]?.attention ?? [];
  return {
    context,
    text: (_, place) => story.texts[place] ?? '',
    read: (_, end) => story.texts.slice(1, end).join(''),
    seen(place) {
      const found = PLACES.get(place);
      return found === undefined
        ? null
        : { scores: found.scores, name: at => found.names[at] ?? '' };
    },
    given: place => story.shares[place] ?? null,
    layers: heads.length,
    heads: heads[0]?.length ?? 0,
    attention: (layer, head, place) =>
      PLACES.get(place)?.attention[layer]?.[head] ?? null
  };
}

export interface ILive extends ISource {
  readonly model: IOpened;
  readonly reading: Reading;
  /** The id that opens every text. */
  readonly begin: number;
  /** Whether no text goes on after this token. */
  ends(id: number): boolean;
}

/** The model that the host brought, or why it cannot run; without one both are empty. */
export function brought(model: IModel): {
  running: ILive | null;
  refusal: string;
} {
  const files = modelFiles(model.get('model'));
  try {
    return { running: files && live(openModel(files)), refusal: '' };
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'Error') {
      return { running: null, refusal: thrown.message };
    }
    throw thrown;
  }
}

/** Throws when the model's tokenizer has no mark for the beginning of a text. */
export function live(model: IOpened): ILive {
  const { gpt, tokenizer } = model;
  const reading = new Reading(model);
  const begin = tokenizer.special('<|bos|>');
  if (begin === undefined) {
    throw new Error(
      `The model ${model.name} has no token that opens a text, so it cannot begin. Choose another one.`
    );
  }
  const last = tokenizer.special('<|assistant_end|>');
  return {
    model,
    reading,
    begin,
    ends: id => id === begin || id === last,
    context: gpt.config.sequence_len,
    text: id => nameOf(tokenizer.bytes(id)),
    // a character may be spread over several tokens
    read: (ids, end) => tokenizer.decode(ids.slice(1, end)),
    seen(place) {
      const scores = reading.scores(place);
      return scores === undefined
        ? null
        : { scores, name: id => nameOf(tokenizer.bytes(id)) };
    },
    given: place => reading.given(place),
    layers: gpt.config.n_layer,
    heads: gpt.config.n_head,
    attention: (layer, head, place) =>
      place < reading.ids.length ? gpt.attention(layer, head, place) : null
  };
}

/** The text of a token; bytes that are no whole character as numbers in brackets. */
function nameOf(bytes: readonly number[]): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    Uint8Array.from(bytes)
  );
  return text.includes('�') ? readable(bytes) : text;
}
