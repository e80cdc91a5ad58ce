/** The URLs of evidence and path. Not a cache and no state: each call is one request. */
import type { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ILearnerApi } from '../tokens';
import { Requests } from './requests';
import type {
  Evidence,
  ImportReport,
  LessonId,
  Progress,
  ProgressFile,
  ResetReport
} from './types.gen';

export class LearnerApi implements ILearnerApi {
  constructor(trans: TranslationBundle, settings?: ServerConnection.ISettings) {
    this._requests = new Requests(trans, settings);
  }

  progress(document: string): Promise<Progress> {
    return this._requests.json<Progress>('progress', { query: { document } });
  }

  async giveEvidence(
    document: string,
    evidence: readonly Evidence[]
  ): Promise<void> {
    await this._requests.send('evidence', {
      method: 'POST',
      query: { document },
      body: { evidence }
    });
  }

  exportProgress(document: string): Promise<ProgressFile> {
    return this._requests.json<ProgressFile>('progress/export', {
      query: { document }
    });
  }

  importProgress(document: string, content: string): Promise<ImportReport> {
    return this._requests.json<ImportReport>('progress/import', {
      method: 'PUT',
      query: { document },
      text: content
    });
  }

  resetLesson(document: string, lesson: LessonId): Promise<ResetReport> {
    return this._requests.json<ResetReport>('progress/reset', {
      method: 'POST',
      query: { document },
      body: { lesson }
    });
  }

  private readonly _requests: Requests;
}
