/**
 * What a KV cache saves and what it costs, as `nanochat/engine.py` uses it: the first call
 * reads the whole prompt (prefill), every later one the token written last (decode). Without
 * a cache every call reads the whole text again. Pure: no drawing.
 */

export interface ICacheInputs {
  /** How many tokens are read in the end. */
  readonly positions: number;
  readonly layers: number;
  readonly headWidth: number;
  readonly numberBytes: number;
}

export interface ICacheParams {
  /** Tokens in the prompt. */
  readonly prompt: number;
  /** Calls done so far. */
  readonly calls: number;
  readonly kvHeads: number;
}

export interface ICall {
  readonly phase: 'prefill' | 'decode';
  /** Places that earlier calls have read, and places once this call is done. */
  readonly from: number;
  readonly to: number;
}

export interface ICache {
  /** All calls, also those still to come. */
  readonly calls: readonly ICall[];
  /** Keys worked out in the calls done so far, in one head of one layer; as many values. */
  readonly without: number;
  readonly with: number;
  /** What the cache holds after these calls. */
  readonly places: number;
  readonly bytes: number;
}

/** Throws when the prompt is empty or longer than the text. */
export function compute(
  { positions, layers, headWidth, numberBytes }: ICacheInputs,
  { prompt, calls: done, kvHeads }: ICacheParams
): ICache {
  if (!(prompt >= 1 && prompt <= positions)) {
    throw new Error(
      `The prompt has ${prompt} tokens; it needs 1 to ${positions}, the length of the text.`
    );
  }
  const calls = Array.from(
    { length: positions - prompt + 1 },
    (_, n): ICall => {
      return n === 0
        ? { phase: 'prefill', from: 0, to: prompt }
        : { phase: 'decode', from: prompt + n - 1, to: prompt + n };
    }
  );
  const finished = calls.slice(0, done);
  const places = finished.at(-1)?.to ?? 0;
  return {
    calls,
    without: finished.reduce((sum, { to }) => sum + to, 0),
    with: finished.reduce((sum, { from, to }) => sum + to - from, 0),
    places,
    // a key and a value, in every layer and every key/value head
    bytes: 2 * layers * kvHeads * headWidth * numberBytes * places
  };
}
