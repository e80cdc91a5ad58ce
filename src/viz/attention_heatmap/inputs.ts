/** What the host sent, or else the recorded example. */
import type { IModel } from '../kit/host';
import { shaped } from '../kit/shaped';
import { numbers } from '../kit/tensor';
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

export const NAMES = [
  'q',
  'k',
  'pattern',
  'tokens',
  'scale',
  'window'
] as const;

export function given(model: IModel): IGiven {
  const read = (name: string) => shaped(model.get(name), 3);
  const [q, k, pattern] = [read('q'), read('k'), read('pattern')];
  const both = q !== null && k !== null;
  const recorded = pattern === null && !both;
  const recordedQ = shaped(example.q, 3);
  const recordedK = shaped(example.k, 3);
  const keys = ((recorded ? recordedK : both ? k : null)?.shape[1] ??
    pattern?.shape[2]) as number;
  const number = (name: 'scale' | 'window', otherwise: number): number =>
    numbers(model.get(name), [otherwise])[0] as number;
  const inputs: IAttentionInputs = {
    q: recorded ? recordedQ : both ? q : null,
    k: recorded ? recordedK : both ? k : null,
    pattern,
    scale: number('scale', example.scale),
    // who sends no window has none: everything is in reach
    window: number('window', recorded ? example.window : keys)
  };
  const sent: unknown = recorded ? example.tokens : model.get('tokens');
  const tokens = Array.isArray(sent) ? sent.map(String) : [];
  return {
    inputs,
    // without texts a token is called by its place
    tokens: Array.from({ length: keys }, (_, n) => tokens[n] ?? String(n + 1)),
    recorded,
    unscaled: both && model.get('scale') == null
  };
}
