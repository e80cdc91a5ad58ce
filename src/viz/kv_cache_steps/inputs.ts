/** What the host sent, or else the recorded example. */
import type { IModel } from '../kit/host';
import { oneNumber } from '../kit/tensor';
import type { ICacheInputs } from './compute';
import example from './example.json';

export interface IGiven extends ICacheInputs {
  readonly tokens: readonly string[];
  readonly heads: number;
  /** Key/value heads of the model as it is. */
  readonly kvHeads: number;
  readonly longest: number;
  /** What the last call writes, where that is known. */
  readonly then: string | undefined;
}

type SizeName =
  | 'layers'
  | 'heads'
  | 'kv_heads'
  | 'head_width'
  | 'number_bytes'
  | 'sequence_len';

export function given(model: IModel): IGiven {
  const size = (name: SizeName): number =>
    oneNumber(model, name, example[name]);
  const sent = model.get('tokens');
  const tokens =
    Array.isArray(sent) && sent.length > 0 ? sent.map(String) : example.tokens;
  return {
    tokens,
    positions: tokens.length,
    layers: size('layers'),
    heads: size('heads'),
    kvHeads: size('kv_heads'),
    headWidth: size('head_width'),
    numberBytes: size('number_bytes'),
    longest: size('sequence_len'),
    then: tokens === example.tokens ? example.then : undefined
  };
}

/** How many key/value heads a model with so many heads may have, from all down to one. */
export function fitting(heads: number): number[] {
  return Array.from({ length: heads }, (_, n) => heads - n).filter(
    n => heads % n === 0
  );
}
