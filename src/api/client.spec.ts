import { ServerConnection } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';

import { Api } from './client';
import { ApiError } from './failure';
import type { ConceptId, IndexEvent, NodeId, PictureId } from './types.gen';

const BASE = 'http://localhost:8888/user/x/';

interface ISeen {
  url: string;
  method: string;
  body: string;
}

/** An `Api` whose server is the given function; what it was asked is in `seen`. */
function api(answer: (request: Request) => Promise<Response> | Response) {
  const seen: ISeen[] = [];
  const settings = ServerConnection.makeSettings({
    baseUrl: BASE,
    fetch: (async (request: Request) => {
      const { url, method } = request;
      seen.push({ url, method, body: await request.clone().text() });
      return answer(request);
    }) as typeof fetch
  });
  return {
    api: new Api(nullTranslator.load('nanochat_learn'), settings),
    seen
  };
}

async function failureOf(promise: Promise<unknown>): Promise<ApiError> {
  const thrown = await promise.then(
    () => null,
    (error: unknown) => error
  );
  expect(thrown).toBeInstanceOf(ApiError);
  return thrown as ApiError;
}

async function drain(events: AsyncIterable<IndexEvent>): Promise<IndexEvent[]> {
  const found: IndexEvent[] = [];
  for await (const event of events) {
    found.push(event);
  }
  return found;
}

const json = (value: unknown, status = 200): Response =>
  new Response(JSON.stringify(value), { status });

describe('the URLs', () => {
  it('stay below the base URL and carry the document', async () => {
    const { api: client, seen } = api(() => json({}));
    await client.status('a folder/x.ipynb');
    await client.concept('', 'attention.rope' as ConceptId);
    await client.source('d', 'nanochat/gpt.py:GPT.forward' as NodeId);
    await client.glossary('d');
    expect(seen.map(({ url }) => url)).toEqual([
      `${BASE}nanochat-learn/api/status?document=a+folder%2Fx.ipynb`,
      `${BASE}nanochat-learn/api/concepts/attention.rope?document=`,
      `${BASE}nanochat-learn/api/source?document=d&id=nanochat%2Fgpt.py%3AGPT.forward`,
      `${BASE}nanochat-learn/api/glossary?document=d`
    ]);
    expect(client.pictureUrl('rope_dials' as PictureId)).toBe(
      `${BASE}nanochat-learn/api/pictures/rope_dials.js`
    );
  });

  it('send bodies as the vocabulary says', async () => {
    const { api: client, seen } = api(() => json({}));
    await client.savePositions(
      'd',
      new Map([['concept:a' as NodeId, { x: 1, y: 2 }]])
    );
    await client.prepareWorkspace('course', true);
    expect(seen.map(({ method, body }) => [method, JSON.parse(body)])).toEqual([
      ['PUT', { positions: { 'concept:a': { x: 1, y: 2 } } }],
      ['POST', { folder: 'course', lessons: true }]
    ]);
  });
});

describe('the files of a model', () => {
  const bytes = (length: number, said: string | null): Response => {
    const parts = [new Uint8Array(3).fill(7), new Uint8Array(length - 3)];
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const part = parts.shift();
        return part === undefined
          ? controller.close()
          : controller.enqueue(part);
      }
    });
    return new Response(
      body,
      said === null ? {} : { headers: { 'Content-Length': said } }
    );
  };
  const { signal } = new AbortController();

  it.each([
    ['5', 5],
    [null, 0]
  ])('come as bytes, with progress (length said: %s)', async (said, total) => {
    const { api: client, seen } = api(() => bytes(5, said));
    const told: number[][] = [];
    const file = await client.modelFile('d', 'a b', 'x.json', signal, (...at) =>
      told.push(at)
    );
    expect(seen[0]?.url).toBe(
      `${BASE}nanochat-learn/api/models/a%20b/x.json?document=d`
    );
    expect(told).toEqual([
      [3, total],
      [5, total]
    ]);
    expect([file.byteLength, file.getUint8(0)]).toEqual([5, 7]);
  });

  it('that break off are a sentence', async () => {
    const { api: client } = api(() => bytes(5, '9'));
    const cut = client.modelFile('d', 'a', 'x', signal, () => undefined);
    expect(await failureOf(cut)).toMatchObject({
      code: 'ended_early',
      hint: 'Try again.'
    });
  });
});

describe('a failure', () => {
  it('keeps the sentence of our server', async () => {
    const failure = {
      code: 'no_workspace',
      sentence: 'No workspace here.',
      hint: 'Prepare one.'
    };
    const { api: client } = api(() => json(failure, 409));
    const error = await failureOf(client.graph(''));
    expect(error).toMatchObject({ ...failure, status: 409 });
    expect(error.message).toBe('No workspace here. Prepare one.');
  });

  it.each([
    [403, 'forbidden'],
    [404, 'no_server'],
    [502, 'server_failed']
  ])('of a stranger with status %i is a sentence too', async (status, code) => {
    for (const body of ['<html>', '{"message": "Forbidden"}', 'null']) {
      const { api: client } = api(() => new Response(body, { status }));
      const error = await failureOf(client.concepts(''));
      expect(error).toMatchObject({ code, status });
      expect(error.sentence).toMatch(/\.$/);
      expect(error.hint).not.toBe('');
    }
  });

  it('without any answer says that the server is away', async () => {
    const { api: client } = api(() => Promise.reject(new TypeError('net')));
    expect((await failureOf(client.status(''))).code).toBe('offline');
  });

  it('to be JSON is told apart from that', async () => {
    const { api: client } = api(() => new Response('<!doctype html>'));
    expect((await failureOf(client.status(''))).code).toBe('unreadable');
  });
});

describe('index', () => {
  const progress = { type: 'progress', done: 1, total: 2, file_path: 'a.py' };
  const done = { type: 'done', state: {}, parsed: 1, problems: [] };
  const stream = (...events: unknown[]): Response =>
    new Response(
      events.map(event => `data: ${JSON.stringify(event)}\n\n`).join('')
    );

  it('yields what the server says, up to its last word', async () => {
    const { api: client, seen } = api(() => stream(progress, done, progress));
    const events = client.index('d', true, new AbortController().signal);
    expect(await drain(events)).toEqual([progress, done]);
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      kind: 'tree',
      confirmed: true
    });
  });

  it('that ends without a last word is a failure', async () => {
    const { api: client } = api(() => stream(progress));
    const events = client.index('d', false, new AbortController().signal);
    expect((await failureOf(drain(events))).code).toBe('ended_early');
  });

  it('that breaks off in the middle is a failure', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull: controller => controller.error(new TypeError('network error'))
    });
    const { api: client } = api(() => new Response(broken));
    const events = client.index('d', false, new AbortController().signal);
    expect((await failureOf(drain(events))).code).toBe('offline');
  });

  it('says so when it was stopped', async () => {
    const stopper = new AbortController();
    const { api: client } = api(request => {
      stopper.abort();
      return Promise.reject(request.signal.reason);
    });
    const events = client.index('d', false, stopper.signal);
    expect((await failureOf(drain(events))).code).toBe('stopped');
  });
});
