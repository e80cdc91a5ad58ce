import { nullTranslator } from '@jupyterlab/translation';
import { afterEach, describe, expect, it } from 'vitest';

import { ApiError } from '../api/failure';
import type { IApi } from '../tokens';
import { bringModels } from './model-input';
import { PictureModel } from './picture';

const trans = nullTranslator.load('nanochat_learn');
const INPUTS = {
  model: { dtype: 'model', checkpoint: 'stories-base' },
  logits: { dtype: 'float32' }
};
const settle = (): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, 0));

type Fetch = IApi['modelFile'];

function mounted(modelFile: Fetch, values: Record<string, unknown> = {}) {
  const stage = document.createElement('div');
  document.body.append(stage);
  const model = new PictureModel(values);
  const leaving = new AbortController();
  const fetching = { api: { modelFile }, document: () => 'a.ipynb', trans };
  bringModels(INPUTS, model, stage, fetching, leaving.signal);
  return { model, leaving };
}

const words = (): string => document.body.textContent ?? '';

describe('the model of a picture', () => {
  afterEach(() => document.body.replaceChildren());

  it('is fetched file by file, with progress, and then handed over', async () => {
    const asked: string[] = [];
    let release = (): void => undefined;
    const fetch: Fetch = async (where, name, file, _, progress) => {
      asked.push(`${where} ${name}/${file}`);
      if (file === 'model.safetensors') {
        progress(500_000, 1_700_000);
        await new Promise<void>(done => {
          release = done;
        });
      }
      return new DataView(new ArrayBuffer(asked.length));
    };
    const { model } = mounted(fetch);
    await settle();
    expect(words()).toContain('Loading the model stories-base… 0.5 MB');
    expect(document.querySelector('progress')?.value).toBe(500_000);
    expect(document.querySelector('progress')?.max).toBe(1_700_000);
    expect(model.get('model')).toBeUndefined();
    release();
    await settle();
    expect(words()).toBe('');
    expect(asked).toEqual([
      'a.ipynb stories-base/meta.json',
      'a.ipynb stories-base/tokenizer.json',
      'a.ipynb stories-base/model.safetensors'
    ]);
    const { name, files } = model.get('model') as {
      name: string;
      files: Record<string, DataView>;
    };
    expect(name).toBe('stories-base');
    expect(files['model.safetensors']?.byteLength).toBe(3);
    expect(model.get('logits')).toBeUndefined();
  });

  it('that cannot be had is a sentence, and another try', async () => {
    let tries = 0;
    const { model } = mounted(() => {
      tries += 1;
      return tries === 1
        ? Promise.reject(new ApiError('No such model.', 'Name one.', 'x', 404))
        : Promise.resolve(new DataView(new ArrayBuffer(1)));
    });
    await settle();
    expect(words()).toContain(
      'The model stories-base could not be loaded. No such model. Name one. What is shown was recorded.'
    );
    document.querySelector('button')?.click();
    await settle();
    expect(words()).toBe('');
    expect(model.get('model')).toMatchObject({ name: 'stories-base' });
  });

  it.each([['stories-chat'], [['stories-chat']]])(
    'may be named by a kernel: %j',
    async given => {
      const names: string[] = [];
      mounted(
        (_, name) => {
          names.push(name);
          return Promise.resolve(new DataView(new ArrayBuffer(1)));
        },
        { model: given }
      );
      await settle();
      expect(new Set(names)).toEqual(new Set(['stories-chat']));
    }
  );

  it('that came as bytes is not fetched', async () => {
    const given = { name: 'mine', files: {} };
    const { model } = mounted(() => Promise.reject(new Error('asked')), {
      model: given
    });
    await settle();
    expect(words()).toBe('');
    expect(model.get('model')).toBe(given);
  });

  it('does not come to somebody who has left', async () => {
    let release = (): void => undefined;
    const { model, leaving } = mounted(async () => {
      await new Promise<void>(done => {
        release = done;
      });
      return new DataView(new ArrayBuffer(1));
    });
    leaving.abort();
    release();
    await settle();
    expect(words()).toBe('');
    expect(model.get('model')).toBeUndefined();
  });
});
