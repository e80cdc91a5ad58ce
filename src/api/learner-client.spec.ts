import { ServerConnection } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';

import { LearnerApi } from './learner-client';
import type { Evidence, LessonId } from './types.gen';

const BASE = 'http://localhost:8888/user/x/';
const ROOT = `${BASE}nanochat-learn/api/`;
const LESSON = '03_dot_products' as LessonId;
const LINE: Evidence = {
  format: 1,
  id: 'line-0001',
  at: '2026-03-02T09:00:00Z',
  lesson: LESSON,
  kind: 'quiz',
  item: 'q1',
  outcome: 'right',
  answer: 'yes'
};

/** A client whose server is the given function; what it was asked is in `seen`. */
function client(answer: () => Response) {
  const seen: string[] = [];
  const settings = ServerConnection.makeSettings({
    baseUrl: BASE,
    fetch: (async (request: Request) => {
      const body = await request.clone().text();
      seen.push(`${request.method} ${request.url.replace(ROOT, '')} ${body}`);
      return answer();
    }) as typeof fetch
  });
  return {
    api: new LearnerApi(nullTranslator.load('nanochat_learn'), settings),
    seen
  };
}

describe('the routes of progress', () => {
  it('stay below the base URL; a file goes out as it is, read by the server alone', async () => {
    const { api, seen } = client(() => new Response('{}'));
    await api.progress('a b/c.ipynb');
    await api.giveEvidence('d', [LINE]);
    await api.exportProgress('d');
    await api.importProgress('d', '{"half');
    await api.resetLesson('d', LESSON);
    const line = JSON.stringify(LINE);
    expect(seen).toEqual([
      'GET progress?document=a+b%2Fc.ipynb ',
      `POST evidence?document=d {"evidence":[${line}]}`,
      'GET progress/export?document=d ',
      'PUT progress/import?document=d {"half',
      `POST progress/reset?document=d {"lesson":"${LESSON}"}`
    ]);
  });

  it('a refusal keeps the sentence of the server', async () => {
    const failure = {
      code: 'bad_input',
      sentence: 'This file breaks off.',
      hint: 'Export it again.'
    };
    const { api } = client(
      () => new Response(JSON.stringify(failure), { status: 400 })
    );
    const { sentence, hint, code } = failure;
    await expect(api.importProgress('', '')).rejects.toMatchObject({
      sentence,
      hint,
      code,
      status: 400
    });
  });
});
