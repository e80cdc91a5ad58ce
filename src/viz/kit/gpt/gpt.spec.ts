import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { readConfig, windows } from './config';
import { type IModelFiles, modelFiles, openModel } from './files';
import { Gpt } from './forward';
import golden from './golden.json';
import { type IMatrices, plainMatrices } from './matrices';
import { readWeights } from './safetensors';
import { readTokenizer } from './tokenizer';
import { wasmMatrices } from './wasm';

const FOLDER = 'nanochat/checkpoints/stories-base';
/** Scores may differ by this from PyTorch's. */
const NEAR = 1e-3;
const WAYS: ReadonlyArray<readonly [string, () => IMatrices]> = [
  ['JavaScript', plainMatrices],
  ['WebAssembly', wasmMatrices]
];

const view = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const shipped = (): IModelFiles => ({
  name: 'stories-base',
  files: Object.fromEntries(
    ['meta.json', 'tokenizer.json', 'model.safetensors'].map(name => [
      name,
      view(readFileSync(`${FOLDER}/${name}`))
    ])
  )
});
const changed = (name: string, bytes: Uint8Array): IModelFiles => {
  const files = shipped();
  return { ...files, files: { ...files.files, [name]: view(bytes) } };
};

interface IPlace {
  readonly place: number;
  readonly first: number;
  readonly step: number;
  readonly scores: readonly number[];
  readonly sum: number;
  readonly best: number;
}

function agrees(gpt: Gpt, ids: readonly number[], places: IPlace[]): void {
  ids.forEach((id, place) => {
    const scores = gpt.read(id);
    const wanted = places.find(one => one.place === place);
    if (wanted === undefined) {
      return;
    }
    wanted.scores.forEach((score, n) => {
      const found = scores[wanted.first + n * wanted.step] as number;
      expect(Math.abs(found - score)).toBeLessThan(NEAR);
    });
    const sum = scores.reduce((total, score) => total + score, 0);
    expect(Math.abs(sum - wanted.sum)).toBeLessThan(NEAR * scores.length);
    expect(scores.indexOf(Math.max(...scores))).toBe(wanted.best);
  });
}

describe.each(WAYS)('the model in %s', (kind, make) => {
  const model = openModel(shipped(), make);

  it('tells how it works', () => {
    expect(model.kind).toBe(kind);
    expect(model.weights).toBe(851_968);
  });

  it.each(golden.prompts.map(one => [one.ids.length, one] as const))(
    'gives the scores that PyTorch gives after %i tokens',
    (_, { ids, places }) => {
      model.gpt.rewind(0);
      agrees(model.gpt, ids, places);
    }
  );

  it('goes back and reads something else there', () => {
    const [, { ids, places }] = golden.prompts as unknown as [
      unknown,
      { ids: number[]; places: IPlace[] }
    ];
    model.gpt.rewind(0);
    [ids[0] as number, 5, 6, 7].forEach(id => model.gpt.read(id));
    model.gpt.rewind(1);
    ids.slice(1, -1).forEach(id => model.gpt.read(id));
    const scores = model.gpt.read(ids.at(-1) as number);
    expect(scores.indexOf(Math.max(...scores))).toBe(places[0]?.best);
  });

  it('ends where its context ends, with a sentence', () => {
    model.gpt.rewind(0);
    const { sequence_len } = model.gpt.config;
    for (let n = 0; n < sequence_len; n++) {
      model.gpt.read(n % 7);
    }
    expect(() => model.gpt.read(1)).toThrow(/at most 256 tokens/);
    model.gpt.rewind(0);
    expect(() => model.gpt.read(1024)).toThrow(/ids go from 0 to 1023/);
  });

  it.each(golden.small)(
    'follows the config: windows, shared keys, gate, caps',
    ({ meta, weights, ids, places, attention }) => {
      const config = readConfig(meta);
      const bytes = view(Buffer.from(weights, 'base64'));
      const gpt = new Gpt(config, readWeights(bytes), make());
      agrees(gpt, ids, places);
      attention.forEach((heads, layer) =>
        heads.forEach((wanted, head) => {
          const found = gpt.attention(layer, head, ids.length - 1);
          expect(found.length).toBe(wanted.length);
          wanted.forEach((share, n) => expect(found[n]).toBeCloseTo(share, 4));
        })
      );
    }
  );
});

describe('the config', () => {
  const { config } = JSON.parse(golden.small[0]?.meta ?? '') as {
    config: Record<string, unknown>;
  };

  it('gives each layer its window; the last sees all', () => {
    expect(
      windows(
        readConfig(
          JSON.stringify({
            config: { ...config, n_layer: 5, window_pattern: 'SLS' }
          })
        )
      )
    ).toEqual([6, 24, 6, 6, 24]);
  });

  it.each([
    [{ n_layer: 0 }, 'n_layer is 0'],
    [{ n_embd: 1.5 }, 'n_embd is 1.5'],
    [{ rope_base: undefined }, 'rope_base is undefined'],
    [{ logit_softcap: '15' }, 'logit_softcap is 15'],
    [{ activation: 'gelu' }, 'activation is gelu'],
    [{ window_pattern: 'LX' }, 'window_pattern is LX'],
    [{ n_kv_head: 3 }, 'heads do not fit']
  ])('refuses %j with a sentence', (change, sentence) => {
    const text = JSON.stringify({ config: { ...config, ...change } });
    expect(() => readConfig(text)).toThrow(sentence);
  });

  it('refuses what is not JSON', () => {
    expect(() => readConfig('<html>')).toThrow(/not JSON/);
  });
});

describe('the files', () => {
  const weights = readFileSync(`${FOLDER}/model.safetensors`);

  it.each([
    ['model.safetensors', weights.subarray(0, 900_000), 'cut off'],
    ['model.safetensors', weights.subarray(0, 5), 'cut off'],
    ['model.safetensors', Buffer.from('<html>a login page</html>'), 'cut off'],
    ['tokenizer.json', Buffer.from('{}'), 'another kind'],
    ['tokenizer.json', Buffer.from('no'), 'not JSON']
  ])('a %s that is damaged is a sentence', (name, bytes, sentence) => {
    expect(() => openModel(changed(name, bytes))).toThrow(sentence);
  });

  it('of two models are told from one', () => {
    const meta = JSON.parse(
      readFileSync(`${FOLDER}/meta.json`, 'utf8')
    ) as Record<string, object>;
    const other = (change: object): IModelFiles =>
      changed(
        'meta.json',
        Buffer.from(JSON.stringify({ config: { ...meta.config, ...change } }))
      );
    expect(() => openModel(other({ vocab_size: 512 }))).toThrow(
      /trained for 512/
    );
    expect(() => openModel(other({ n_layer: 4 }))).toThrow(
      /blocks\.3\.attn\.c_qkv\.weight is missing/
    );
    expect(() => openModel(other({ n_embd: 64 }))).toThrow(/\(1024, 64\)/);
  });

  it('may be missing', () => {
    expect(modelFiles(undefined)).toBeNull();
    expect(modelFiles('stories-base')).toBeNull();
    expect(() => openModel({ name: 'x', files: {} })).toThrow(
      /meta\.json of the model x is missing/
    );
  });

  it('run in JavaScript where WebAssembly is forbidden', () => {
    const { Module } = WebAssembly;
    try {
      WebAssembly.Module = class {
        constructor() {
          throw new WebAssembly.CompileError('refused by the page');
        }
      } as unknown as typeof Module;
      expect(openModel(shipped()).kind).toBe('JavaScript');
    } finally {
      WebAssembly.Module = Module;
    }
    expect(openModel(shipped()).kind).toBe('WebAssembly');
  });
});

describe('the tokenizer', () => {
  const tokenizer = readTokenizer(
    readFileSync(`${FOLDER}/tokenizer.json`, 'utf8')
  );

  it.each(golden.tokenizer)('cuts $text as Python does', ({ text, ids }) => {
    expect(tokenizer.encode(text)).toEqual(ids);
    expect(tokenizer.decode(ids)).toBe(text);
  });

  it.each(golden.decoded)('reads $ids as Python does', ({ ids, text }) => {
    expect(tokenizer.decode(ids)).toBe(text);
  });

  it('refuses half a character, and an id beyond the end', () => {
    expect(() => tokenizer.encode('a\ud83d')).toThrow(/half a character/);
    expect(() => tokenizer.bytes(1024)).toThrow(/0 to 1023/);
  });

  it('keeps special tokens out of texts', () => {
    const bos = tokenizer.special('<|bos|>') as number;
    expect(tokenizer.encode('<|bos|>')).not.toContain(bos);
    expect(tokenizer.special('<|none|>')).toBeUndefined();
  });
});
