/** Progress as one JSON file: saved to the learner's disk, and brought in again. */
import type { TranslationBundle } from '@jupyterlab/translation';

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

/** What is wrong with a file the server says; then nothing of it was added. */
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
  const { added, known } = await api.importProgress(
    document,
    await file.text()
  );
  await Promise.all([learned.recall(), learned.look()]);
  tellSuccess(
    trans.__('Imported: %1 new entries; %2 were here already.', added, known)
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
