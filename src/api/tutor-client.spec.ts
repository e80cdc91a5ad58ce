import { ServerConnection } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';

import { TutorApi } from './tutor-client';
import type {
  AskEvent,
  AskRequest,
  ConversationId,
  MessageId
} from './types.gen';

const BASE = 'http://localhost:8888/user/x/';
const ROOT = `${BASE}nanochat-learn/api/`;
const QUESTION: AskRequest = {
  question: 'Why?',
  conversation: null,
  replaces: null,
  context: null,
  model: null
};
const NEVER = new AbortController().signal;

/** A client whose server is the given function; what it was asked is in `seen`. */
function client(answer: (request: Request) => Response) {
  const seen: string[] = [];
  const settings = ServerConnection.makeSettings({
    baseUrl: BASE,
    fetch: (async (request: Request) => {
      const body = await request.clone().text();
      seen.push(`${request.method} ${request.url.replace(ROOT, '')} ${body}`);
      return answer(request);
    }) as typeof fetch
  });
  return {
    api: new TutorApi(nullTranslator.load('nanochat_learn'), settings),
    seen
  };
}

function stream(...pieces: string[]): Response {
  return new Response(pieces.join(''), {
    headers: { 'Content-Type': 'text/event-stream' }
  });
}

async function drain(events: AsyncIterable<AskEvent>): Promise<string[]> {
  const types: string[] = [];
  for await (const { type } of events) {
    types.push(type);
  }
  return types;
}

describe('the routes of the tutor', () => {
  it('stay below the base URL; ids are one part of the path', async () => {
    const { api, seen } = client(() => new Response('{}'));
    const id = '../a b/c' as ConversationId;
    await api.conversation('d e', id);
    await api.rename('', id, 'New');
    await api.remove('', id);
    await api.exported('', id);
    await api.sent('', id, 'm' as MessageId);
    await api.search('', 'a & b', 5);
    await api.saveKey('', 'secret');
    await api.signIn();
    expect(seen).toEqual([
      'GET conversations/..%2Fa%20b%2Fc?document=d+e ',
      'PUT conversations/..%2Fa%20b%2Fc?document= {"title":"New"}',
      'DELETE conversations/..%2Fa%20b%2Fc?document= ',
      'GET conversations/..%2Fa%20b%2Fc/export?document= ',
      'GET conversations/..%2Fa%20b%2Fc/sent?document=&message=m ',
      'GET search?document=&q=a+%26+b&k=5 ',
      'POST key?document= {"key":"secret"}',
      'POST signin {}'
    ]);
  });

  it('a stream ends with done or error; cut before, it is a failure', async () => {
    const delta = 'data: {"type":"delta","text":"a"}\n\n';
    const done = 'data: {"type":"done","message":{}}\n\n';
    const { api } = client(() => stream(delta, done, delta));
    expect(await drain(api.ask('', QUESTION, NEVER))).toEqual([
      'delta',
      'done'
    ]);
    const cut = client(() => stream(delta)).api;
    await expect(drain(cut.ask('', QUESTION, NEVER))).rejects.toMatchObject({
      code: 'ended_early',
      hint: 'Your question and what came of the answer are kept. Try again.'
    });
  });

  it('a stopped question says so', async () => {
    const stopper = new AbortController();
    const { api } = client(() => {
      stopper.abort();
      throw new TypeError('aborted');
    });
    await expect(
      drain(api.ask('', QUESTION, stopper.signal))
    ).rejects.toMatchObject({ code: 'stopped' });
  });
});
