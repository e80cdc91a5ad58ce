import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { afterEach, expect, it } from 'vitest';

import type { PictureMeta } from '../api/types.gen';
import type { ITraced } from '../tokens';
import { PictureModel } from '../pictures/picture';
import { tracedPicture } from './traced-picture';

const trans = nullTranslator.load('');
const META = { id: 'attention_heatmap' } as PictureMeta;
const soon = () => new Promise(resolve => setTimeout(resolve, 0));

afterEach(() => document.body.replaceChildren());

it('offers the own run, shows it, follows it, and goes back to the example', async () => {
  const changed = new Signal<unknown, void>({});
  let values: Record<string, unknown> | null = null;
  const traced: ITraced = {
    changed,
    inputs: () =>
      Promise.resolve(
        values === null ? null : { values, from: 'trace run, step 1' }
      )
  };
  const model = new PictureModel();
  const stop = new AbortController();
  const place = tracedPicture(traced, META, model, trans, stop.signal);
  document.body.append(place);
  await soon();
  expect(place.textContent).toBe('');

  values = { q: 1, k: 2 };
  changed.emit();
  await soon();
  expect(model.get('q')).toBeUndefined(); // the note speaks of the example
  place.querySelector('button')?.click();
  await soon();
  expect([model.get('q'), model.get('k')]).toEqual([1, 2]);
  expect(place.textContent).toContain('Shown: trace run, step 1.');

  values = { q: 3 };
  changed.emit();
  await soon();
  expect([model.get('q'), model.get('k')]).toEqual([3, undefined]);

  place.querySelector('button')?.click();
  await soon();
  expect(model.get('q')).toBeUndefined();

  place.querySelector('button')?.click();
  await soon();
  values = null; // the trace was closed
  changed.emit();
  await soon();
  expect(model.get('q')).toBeUndefined();
  expect(place.textContent).toBe('');

  stop.abort();
  values = { q: 4 };
  changed.emit();
  await soon();
  expect(place.textContent).toBe('');
});
