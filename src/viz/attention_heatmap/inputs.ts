/** What the host sent, or else the recorded example. */
import type { IModel } from '../kit/host';
import { shaped } from '../kit/shaped';
import { oneNumber } from '../kit/tensor';
import type { IAttentionInputs } from './compute';
import example from './example.json';

export interface IGiven {
  readonly inputs: IAttentionInputs;
  readonly tokens: readonly string[];
  /** Whether these are the recorded numbers. */
  readonly recorded: boolean;
  /** Whether the scale had to be taken from the recorded model. */
  readonly unscaled: boolean;
}

export function given(model: IModel): IGiven {
  const read = (name: string) => shaped(model.get(name), 3);
  const [q, k, pattern] = [read('q'), read('k'), read('pattern')];
  const both = q !== null && k !== null;
  const recorded = pattern === null && !both;
  const recordedQ = shaped(example.q, 3);
  const recordedK = shaped(example.k, 3);
  const keys = ((recorded ? recordedK : both ? k : null)?.shape[1] ??
    pattern?.shape[2]) as number;
  const inputs: IAttentionInputs = {
    q: recorded ? recordedQ : both ? q : null,
    k: recorded ? recordedK : both ? k : null,
    pattern,
    scale: oneNumber(model, 'scale', example.scale),
    // who sends no window has none: everything is in reach
    window: oneNumber(model, 'window', recorded ? example.window : keys)
  };
  const sent: unknown = recorded ? example.tokens : model.get('tokens');
  // A token's own space is none of a sentence's words about it: “green”, not “ green”.
  const tokens = Array.isArray(sent)
    ? sent.map(token => String(token).trim() || String(token))
    : [];
  return {
    inputs,
    // without texts a token is called by its place
    tokens: Array.from({ length: keys }, (_, n) => tokens[n] ?? String(n)),
    recorded,
    unscaled: both && model.get('scale') == null
  };
}
