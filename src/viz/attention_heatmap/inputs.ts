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
  const recorded = pattern === null && (q === null || k === null);
  const number = (name: 'scale' | 'window'): number =>
    numbers(model.get(name), [example[name]])[0] as number;
  const inputs: IAttentionInputs = {
    q: recorded ? shaped(example.q, 3) : q,
    k: recorded ? shaped(example.k, 3) : k,
    pattern,
    scale: number('scale'),
    window: number('window')
  };
  const keys = (inputs.k?.shape[1] ?? inputs.pattern?.shape[2]) as number;
  const sent: unknown = recorded ? example.tokens : model.get('tokens');
  const tokens = Array.isArray(sent) ? sent.map(String) : [];
  return {
    inputs,
    // without texts a token is called by its place
    tokens: Array.from({ length: keys }, (_, n) => tokens[n] ?? String(n + 1)),
    recorded
  };
}
