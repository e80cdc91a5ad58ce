import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';

import type { PictureId, TraceStep } from '../api/types.gen';
import { traced } from './picture-inputs';
import { Room } from './room';
import { float32, manifest, server, step } from './sample';

const Q = 'blocks.0.attn.q';
const K = 'blocks.0.attn.k';
const steps = [
  step(0, 0, ['a', 'b'], { [Q]: [1, 2, 2, 2], [K]: [1, 1, 2, 2] }),
  step(1, 2, ['c'], { [Q]: [1, 2, 1, 2], [K]: [1, 1, 1, 2] })
];
const numbers = {
  [`0/${Q}`]: float32([1, 2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]),
  [`0/${K}`]: float32([1, 1, 2, 2], [1, 2, 3, 4]),
  [`1/${Q}`]: float32([1, 2, 1, 2], [9, 10, 11, 12]),
  [`1/${K}`]: float32([1, 1, 1, 2], [5, 6])
};
const SIZES = {
  n_layer: 1,
  n_head: 2,
  n_kv_head: 1,
  n_embd: 4,
  sequence_len: 8,
  number_bytes: 4
};

async function asked(
  picture: string,
  at: number,
  all: TraceStep[] = steps,
  config: object = {}
) {
  const about = manifest();
  const model = {
    ...about.model,
    config: { ...about.model.config, ...config }
  };
  const room = new Room(server({ ...about, model }, all, numbers), () => '');
  await room.show('run', { step: at });
  return traced(room, nullTranslator.load('')).inputs(picture as PictureId);
}

describe('the open trace for pictures', () => {
  it('gathers queries and keys of the whole text, head by head', async () => {
    const found = await asked('attention_heatmap', 1);
    expect(found?.from).toBe('trace run, step 2');
    const { q, k, tokens, scale, window } = found?.values as Record<
      string,
      { shape: number[]; data: DataView }
    >;
    const read = ({ data }: { data: DataView }) =>
      Array.from({ length: data.byteLength / 4 }, (_, n) =>
        data.getFloat32(4 * n, true)
      );
    expect(q.shape).toEqual([2, 3, 2]);
    expect(read(q)).toEqual([1, 2, 3, 4, 9, 10, 5, 6, 7, 8, 11, 12]);
    expect(k.shape).toEqual([1, 3, 2]);
    expect(read(k)).toEqual([1, 2, 3, 4, 5, 6]);
    expect([tokens, scale, window]).toEqual([['a', 'b', 'c'], 1, 8]);
  });

  it('gives nothing where a step is missing, or sizes are not all known', async () => {
    expect(await asked('attention_heatmap', 0, [steps[1]])).toBeNull();
    expect(await asked('kv_cache_steps', 1)).toBeNull();
    expect(
      await asked('kv_cache_steps', 1, steps, { ...SIZES, number_bytes: null })
    ).toBeNull();
    expect(await asked('rope_dials', 1)).toBeNull();
  });

  it('gives what every layer reads at the newest position, with texts', async () => {
    const shape = [1, 2, 2];
    const read = (a: number[], b: number[]) => [
      float32(shape, a),
      { ...float32(shape, []), dtype: 'I32', data: Int32Array.from(b).buffer }
    ];
    const [s0, i0] = read([0.5, 0.2, 0.4, 0.3], [0, 1, 1, 2]);
    const [s1, i1] = read([0.5, 0.2, 0.9, 0.1], [0, 1, 2, 1]);
    const names = ['embed.lens', 'blocks.0.lens'];
    const all = [
      step(
        0,
        0,
        ['a', 'b'],
        Object.fromEntries(
          names.flatMap(name => [
            [`${name}.index`, shape],
            [name, shape]
          ])
        )
      )
    ];
    const about = manifest({ vocabulary: ['x', ' y', 'z'] });
    const open = async (named: typeof about) => {
      const room = new Room(
        server(named, all, {
          '0/embed.lens': s0,
          '0/embed.lens.index': i0,
          '0/blocks.0.lens': s1,
          '0/blocks.0.lens.index': i1
        }),
        () => ''
      );
      await room.show('run');
      return traced(room, nullTranslator.load('')).inputs(
        'residual_lens' as PictureId
      );
    };
    const found = (await open(about))?.values as {
      shares: { shape: number[]; data: DataView };
      ids: number[];
      names: string[];
      tokens: string[];
    };
    expect(found.shares.shape).toEqual([2, 2]);
    expect(found.shares.data.getFloat32(8, true)).toBeCloseTo(0.9);
    expect(found.ids).toEqual([1, 2, 2, 1]);
    expect(found.names).toEqual([' y', 'z', 'z', ' y']);
    expect(found.tokens).toEqual(['a', 'b']);
    expect(await open(manifest())).toBeNull();
  });

  it('gives the sizes of the traced model to the picture of the cache', async () => {
    const found = await asked('kv_cache_steps', 1, steps, SIZES);
    expect(found?.values).toEqual({
      tokens: ['a', 'b', 'c'],
      layers: 1,
      heads: 2,
      kv_heads: 1,
      head_width: 2,
      number_bytes: 4,
      sequence_len: 8
    });
  });
});
