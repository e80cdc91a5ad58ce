/** The open trace as input of pictures: by the picture's id, only what the trace holds. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { PictureId } from '../api/types.gen';
import type { ITraced } from '../tokens';
import { earlierToo, joined } from './gathering';
import { layerOf, tokensUpTo, written } from './names';
import { lensesOf, ranksAt } from './ranks';
import type { Room } from './room';
import type { ITensor } from './tensor';

/** Longer texts do not fit into these pictures. */
const MOST_TOKENS = 96;

type Values = Readonly<Record<string, unknown>>;

export function traced(room: Room, trans: TranslationBundle): ITraced {
  return {
    changed: room.changed,
    inputs: async picture => {
      const { trace } = room;
      if (trace === null || room.step === null) {
        return null;
      }
      const values = await valuesFor(picture, room);
      return values === null
        ? null
        : {
            values,
            from: trans.__(
              'trace %1, step %2',
              trace.name,
              room.choice.step + 1
            )
          };
    }
  };
}

async function valuesFor(
  picture: PictureId,
  room: Room
): Promise<Values | null> {
  const { trace, choice } = room;
  if (trace === null) {
    return null;
  }
  const row = choice.at[0] ?? 0;
  const tokens = tokensUpTo(trace.steps, choice.step, row);
  if (tokens.length === 0 || tokens.length > MOST_TOKENS) {
    return null;
  }
  const texts = tokens.map(written);
  const { config } = trace.manifest.model;
  switch (picture as string) {
    case 'attention_heatmap': {
      const layer = layerOf(choice.tensor) ?? 0;
      const name = `blocks.${layer}.attn.`;
      const q = await earlierToo(trace, choice.step, `${name}q`);
      const k = await earlierToo(trace, choice.step, `${name}k`);
      const bound = config.attention_bound;
      const window = (config.windows as unknown[] | undefined)?.[layer];
      if (
        q === null ||
        k === null ||
        typeof bound !== 'number' ||
        typeof window !== 'number'
      ) {
        return null;
      }
      const queries = joined(q, row);
      return {
        tokens: texts,
        q: sent(queries),
        k: sent(joined(k, row)),
        scale: bound / queries.shape[2],
        window
      };
    }
    case 'kv_cache_steps': {
      const { n_layer, n_head, n_kv_head, n_embd, sequence_len, number_bytes } =
        config as Readonly<Record<string, number | undefined>>;
      const sizes = {
        layers: n_layer,
        heads: n_head,
        kv_heads: n_kv_head,
        head_width: (n_embd ?? NaN) / (n_head ?? NaN),
        number_bytes,
        sequence_len
      };
      // All or nothing: sizes of two models are never mixed.
      return Object.values(sizes).every(Number.isInteger)
        ? { tokens: texts, ...sizes }
        : null;
    }
    case 'residual_lens': {
      const { vocabulary } = trace.manifest;
      const step = room.step;
      const lenses = step === null ? [] : lensesOf(step);
      if (step === null || lenses.length < 2 || vocabulary.length === 0) {
        return null; // without their texts tokens say nothing
      }
      const layers = await Promise.all(
        lenses.map(async name => {
          const shares = await trace.numbers(step.step, name);
          const ids = await trace.numbers(step.step, `${name}.index`);
          return ranksAt(shares, ids, row, (shares.shape[1] ?? 1) - 1);
        })
      );
      const shape = [layers.length, layers[0].length];
      const all = layers.flat();
      const ids = all.map(({ id }) => id);
      return {
        tokens: tokens.map(token => token?.text ?? ''),
        shares: sent({
          shape,
          computed: false,
          values: Float64Array.from(all, ({ share }) => share)
        }),
        ids,
        names: ids.map(id => vocabulary[id] ?? '')
      };
    }
    default:
      return null;
  }
}

function sent({ shape, values }: ITensor): Values {
  const data = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, n) => data.setFloat32(4 * n, value, true));
  return { dtype: 'float32', shape: [...shape], data };
}
