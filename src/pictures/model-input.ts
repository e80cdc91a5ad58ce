/**
 * A picture that runs a model in the page gets its files from here: fetched from the server,
 * with progress, a sentence when that fails, and another try. Until they are there the
 * picture shows what was recorded; it draws itself anew when they come. What it does with
 * them is its own affair (`viz/kit/gpt/`).
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import { ApiError } from '../api/failure';
import { button, element } from '../markdown/dom';
import type { IApi } from '../tokens';
import type { PictureInputs, PictureModel } from './picture';

/** As the server names them; the small ones first. */
const FILES = ['meta.json', 'tokenizer.json', 'model.safetensors'] as const;

export interface IFetching {
  readonly api: Pick<IApi, 'modelFile'>;
  /** Leads the server to the workspace, which may have models of its own. */
  readonly document: () => string;
  readonly trans: TranslationBundle;
}

/** For every input that is a model and has no files yet; ends with `signal`. */
export function bringModels(
  inputs: PictureInputs,
  model: PictureModel,
  stage: HTMLElement,
  fetching: IFetching,
  signal: AbortSignal
): void {
  if (signal.aborted) {
    return;
  }
  for (const [input, { dtype, checkpoint = '' }] of Object.entries(inputs)) {
    const name =
      dtype === 'model' ? wanted(model.get(input), checkpoint) : null;
    if (name !== null) {
      const line = element('div', {
        class: 'jp-NanochatLearn-fetching',
        attributes: { role: 'status' }
      });
      stage.after(line);
      signal.addEventListener('abort', () => line.remove());
      void bring(name, line, fetching, signal, files =>
        model.set(input, files)
      );
    }
  }
}

/** The model that a host or a kernel names, else the picture's own; null where it has one. */
function wanted(given: unknown, checkpoint: string): string | null {
  const named: unknown = Array.isArray(given) ? given[0] : given;
  if (typeof named === 'string' && named !== '') {
    return named;
  }
  return given == null && checkpoint !== '' ? checkpoint : null;
}

async function bring(
  name: string,
  line: HTMLElement,
  fetching: IFetching,
  signal: AbortSignal,
  done: (files: object) => void
): Promise<void> {
  const { api, document, trans } = fetching;
  const bar = element('progress', {
    attributes: { 'aria-label': trans.__('Model %1', name) }
  });
  const words = element('span');
  // told once, not at every piece: a screen reader would not get to its end
  const told = trans.__('Loading the model %1…', name);
  line.replaceChildren(told, bar, ' ', words);
  words.setAttribute('aria-hidden', 'true');
  try {
    const files: Record<string, DataView> = {};
    for (const file of FILES) {
      files[file] = await api.modelFile(
        document(),
        name,
        file,
        signal,
        (come, total) => {
          if (total > 0) {
            bar.max = total;
            bar.value = come;
          }
          words.textContent = trans.__('%1 MB', (come / 1e6).toFixed(1));
        }
      );
    }
    if (!signal.aborted) {
      line.remove();
      done({ name, files });
    }
  } catch (thrown) {
    if (signal.aborted) {
      return;
    }
    const { sentence, hint } = ApiError.from(thrown);
    const again = button(
      {
        class: 'jp-NanochatLearn-link',
        click: () => {
          void bring(name, line, fetching, signal, done);
        }
      },
      trans.__('Try again')
    );
    line.replaceChildren(
      trans.__('The model %1 could not be loaded.', name),
      ` ${[sentence, hint].filter(Boolean).join(' ')} `,
      trans.__('What is shown was recorded.'),
      ' ',
      again
    );
  }
}
