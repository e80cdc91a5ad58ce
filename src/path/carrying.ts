/** Progress as one JSON file: saved to the learner's disk, and brought in again. */
import type { TranslationBundle } from '@jupyterlab/translation';

import { ApiError } from '../api/failure';
import type { ProgressFile } from '../api/types.gen';
import { saveFile } from '../parts/save-file';
import { tellSuccess } from '../state/telling';
import type { ILearned, ILearnerApi } from '../tokens';

const NAME = 'nanochat-learn-progress.json';

export async function exportProgress(
  api: ILearnerApi,
  document: string
): Promise<void> {
  const file = await api.exportProgress(document);
  saveFile(NAME, JSON.stringify(file, null, 1), 'application/json');
}

/** Throws `ApiError` for what is no progress file. What it holds the server checks. */
export function progressFileOf(
  name: string,
  text: string,
  trans: TranslationBundle
): ProgressFile {
  let found: unknown = null;
  try {
    found = JSON.parse(text);
  } catch {
    // Told below.
  }
  const file = found as Partial<ProgressFile> | null;
  if (typeof file !== 'object' || !Array.isArray(file?.evidence)) {
    throw new ApiError(
      trans.__('“%1” is not a file with progress.', name),
      trans.__('Choose one that was saved from this panel. Nothing was changed.'),
      'bad_input',
      0
    );
  }
  return file as ProgressFile;
}

export async function importProgress(
  api: ILearnerApi,
  learned: ILearned,
  document: string,
  trans: TranslationBundle
): Promise<void> {
  const file = await chosenFile();
  if (file === null) {
    return;
  }
  const progress = progressFileOf(file.name, await file.text(), trans);
  const { added, known } = await api.importProgress(document, progress);
  await Promise.all([learned.recall(), learned.look()]);
  tellSuccess(
    trans.__('Brought in: %1 new entries; %2 were here already.', added, known)
  );
}

/** The browser's own dialog; null when it is cancelled. */
function chosenFile(): Promise<File | null> {
  return new Promise(resolve => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.json,application/json';
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}
