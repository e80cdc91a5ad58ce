/**
 * How a number came about, with the numbers it was made of. Only where the trace holds all
 * of them: nothing is assumed.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import { earlierToo } from './gathering';
import { layerOf, offered, patternName } from './names';
import type { OpenTrace } from './open-trace';
import { type ITensor, matrixAt, shown } from './tensor';

export interface IPlace {
  readonly trace: OpenTrace;
  /** Place among the recorded steps. */
  readonly step: number;
  readonly tensor: string;
  readonly at: readonly number[];
  readonly row: number;
  readonly column: number;
}

export type Explanation =
  | { readonly kind: 'made'; readonly lines: string[]; readonly result: number }
  /** Tensors that would have to be recorded. */
  | { readonly kind: 'missing'; readonly names: string[] }
  /** It is made with weights, which no trace holds. */
  | { readonly kind: 'weights' };

type Get = (name: string) => Promise<ITensor | null>;

export async function explain(
  place: IPlace,
  trans: TranslationBundle
): Promise<Explanation> {
  const { trace, step } = place;
  const here = trace.steps[step];
  const there = new Map(
    offered(trace.manifest, here).map(({ name, kept }) => [name, kept])
  );
  const missing: string[] = [];
  const get: Get = async name => {
    const kept = there.get(name);
    if (kept !== 'values' && kept !== null) {
      missing.push(name);
      return null;
    }
    return trace.numbers(here.step, name);
  };
  const made = await explainWith(place, get, trans);
  if (made !== null) {
    return made;
  }
  return missing.length > 0
    ? { kind: 'missing', names: missing }
    : { kind: 'weights' };
}

async function explainWith(
  place: IPlace,
  get: Get,
  trans: TranslationBundle
): Promise<Explanation | null> {
  const { trace, tensor } = place;
  const layer = layerOf(tensor);
  const cell = (found: ITensor): number => at(found, place);
  if (layer === null) {
    const softcap = trace.manifest.model.config.logit_softcap;
    if (tensor === 'logits' && typeof softcap === 'number') {
      const raw = await get('logits_raw');
      if (raw === null) {
        return null;
      }
      const x = cell(raw);
      const result = softcap * Math.tanh(x / softcap);
      return made(result, [
        trans.__('raw score: %1', shown(x)),
        `${softcap} × tanh(${shown(x)} ÷ ${softcap}) = ${shown(result)}`
      ]);
    }
    return null;
  }
  const begin = `blocks.${layer}.`;
  const part = tensor.slice(begin.length);
  const sums: Readonly<Record<string, readonly [string, string]>> = {
    resid_mid: [`${begin}resid_pre`, `${begin}attn.out`],
    resid_post: [`${begin}resid_mid`, `${begin}mlp.out`]
  };
  if (part in sums) {
    return sum(place, sums[part], get, trans);
  }
  switch (part) {
    case 'attn.pattern':
      return share(place, layer, trans);
    case 'mlp.post': {
      const pre = await get(`${begin}mlp.pre`);
      const post = await get(tensor);
      // With a gate, `pre` is twice as wide: another formula.
      if (
        pre === null ||
        post === null ||
        pre.shape.join() !== post.shape.join()
      ) {
        return null;
      }
      const x = cell(pre);
      const kept = Math.max(x, 0);
      return made(kept * kept, [
        x > 0
          ? trans.__('%1 is above zero and is kept', shown(x))
          : trans.__('%1 is not above zero: it becomes 0', shown(x)),
        `${shown(kept)}² = ${shown(kept * kept)}`
      ]);
    }
    case 'attn.z':
      return mixture(place, layer, get, trans);
    default:
      return null;
  }
}

async function sum(
  place: IPlace,
  names: readonly [string, string],
  get: Get,
  trans: TranslationBundle
): Promise<Explanation | null> {
  const one = await get(names[0]);
  const other = await get(names[1]);
  if (one === null || other === null) {
    return null;
  }
  const [a, b] = [at(one, place), at(other, place)];
  return made(a + b, [
    trans.__('what was in the stream, %1: %2', names[0], shown(a)),
    trans.__('what is added, %1: %2', names[1], shown(b)),
    `${shown(a)} + ${bracketed(b)} = ${shown(a + b)}`
  ]);
}

/** A share of attention: dot product, scale, softmax. */
async function share(
  place: IPlace,
  layer: number,
  trans: TranslationBundle
): Promise<Explanation | null> {
  const { trace, step, row, column } = place;
  const { config } = trace.manifest.model;
  const here = trace.steps[step];
  const name = `blocks.${layer}.attn.`;
  const has = (n: number, tensor: string): boolean =>
    trace.steps[n].tensors.some(
      record => record.name === tensor && record.kept === 'values'
    );
  const bound = config.attention_bound;
  const windows = config.windows;
  if (typeof bound !== 'number' || !Array.isArray(windows)) {
    return null;
  }
  if (!has(step, `${name}q`) || !has(step, `${name}k`)) {
    return { kind: 'missing', names: [`${name}q`, `${name}k`] };
  }
  const q = await trace.numbers(here.step, `${name}q`);
  const keys = await earlierToo(trace, step, `${name}k`);
  if (keys === null) {
    return { kind: 'missing', names: [`${name}k`] };
  }
  const [batch, head] = [place.at[0] ?? 0, place.at[1] ?? 0];
  const queries = matrixAt(q, [batch, head]);
  const width = queries.columns;
  const shared = q.shape[1] / keys[0].shape[1];
  const tables = keys.map(key =>
    matrixAt(key, [batch, Math.floor(head / shared)])
  );
  const rows = tables.flatMap(table =>
    Array.from({ length: table.rows }, (_, n) =>
      table.values.subarray(n * width, (n + 1) * width)
    )
  );
  const query = queries.values.subarray(row * width, (row + 1) * width);
  const asks = rows.length - queries.rows + row; // where the query stands in the text
  const first = Math.max(0, asks - Number(windows[layer]) + 1);
  if (column > asks) {
    return made(0, [
      trans.__('This token comes later. The mask hides it: its share is 0.')
    ]);
  }
  if (column < first) {
    return made(0, [
      trans.__('This token lies outside the window. Its share is 0.')
    ]);
  }
  const scale = bound / width;
  const dots = rows.slice(first, asks + 1).map(key => {
    let total = 0;
    for (let d = 0; d < width; d++) {
      total += key[d] * query[d];
    }
    return total;
  });
  const scores = dots.map(dot => dot * scale);
  const powers = scores.map(Math.exp);
  const all = powers.reduce((total, power) => total + power, 0);
  const n = column - first;
  const result = powers[n] / all;
  const products = Array.from(rows[column], (value, d) => [query[d], value]);
  return made(result, [
    trans.__(
      'query · key = %1 (all %2 products added)',
      `${terms(products)} = ${shown(dots[n])}`,
      width
    ),
    trans.__(
      'score = %1 ÷ %2 × %3 = %4',
      shown(bound),
      width,
      bracketed(dots[n]),
      shown(scores[n])
    ),
    trans.__(
      'share = e^(%1) ÷ the sum over %2 keys = %3 ÷ %4 = %5',
      shown(scores[n]),
      scores.length,
      shown(powers[n]),
      shown(all),
      shown(result)
    )
  ]);
}

/** What a head hands on: the values in the shares of its pattern. */
async function mixture(
  place: IPlace,
  layer: number,
  get: Get,
  trans: TranslationBundle
): Promise<Explanation | null> {
  const { trace, step, row, column } = place;
  const pattern = await get(patternName(layer));
  const v = await get(`blocks.${layer}.attn.v`);
  if (pattern === null || v === null) {
    return null;
  }
  const values = await earlierToo(trace, step, `blocks.${layer}.attn.v`);
  if (values === null) {
    return { kind: 'missing', names: [`blocks.${layer}.attn.v`] };
  }
  const [batch, head] = [place.at[0] ?? 0, place.at[1] ?? 0];
  const shares = matrixAt(pattern, [batch, head]);
  const shared = pattern.shape[1] / v.shape[1];
  const pairs: number[][] = [];
  for (const value of values) {
    const table = matrixAt(value, [batch, Math.floor(head / shared)]);
    for (let n = 0; n < table.rows; n++) {
      const weight = shares.values[row * shares.columns + pairs.length];
      pairs.push([weight, table.values[n * table.columns + column]]);
    }
  }
  const result = pairs.reduce((total, [a, b]) => total + a * b, 0);
  return made(result, [
    trans.__(
      'share × value, added over %1 tokens: %2',
      pairs.length,
      `${terms(pairs)} = ${shown(result)}`
    )
  ]);
}

function at(tensor: ITensor, { at: places, row, column }: IPlace): number {
  const { values, columns } = matrixAt(tensor, places);
  return values[row * columns + column];
}

function made(result: number, lines: string[]): Explanation {
  return { kind: 'made', lines, result };
}

/** The three largest products, and that there are more. */
function terms(pairs: readonly (readonly number[])[]): string {
  const largest = [...pairs]
    .sort(([a, b], [c, d]) => Math.abs(c * d) - Math.abs(a * b))
    .slice(0, 3)
    .map(([a, b]) => `${bracketed(a)} × ${bracketed(b)}`);
  return largest.join(' + ') + (pairs.length > 3 ? ' + …' : '');
}

function bracketed(value: number): string {
  return value < 0 ? `(${shown(value)})` : shown(value);
}
