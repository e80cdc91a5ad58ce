import { describe, expect, it } from 'vitest';

import { ApiError } from '../../api/failure';
import type { AskEvent, AskRequest, Conversation } from '../../api/types.gen';
import type { ITutorApi } from '../../tokens';
import { ASKED, conversation, delta, message, STATUS, TALK } from './sample';
import { Talk } from './talk';

type Script = (
  request: AskRequest,
  signal: AbortSignal
) => AsyncGenerator<AskEvent>;

/** A talk whose server does what `script` says; `asked` is what it was asked. */
function talking(script: Script, kept?: () => Promise<Conversation>) {
  const asked: AskRequest[] = [];
  const documents: string[] = [];
  let open = 'one/a.py';
  const api = {
    ask: (document: string, request: AskRequest, signal: AbortSignal) => {
      asked.push(request);
      documents.push(document);
      return script(request, signal);
    },
    conversation: kept
  } as Partial<ITutorApi> as ITutorApi;
  const talk = new Talk(api, () => open);
  return { talk, asked, documents, look: (path: string) => (open = path) };
}

const whole: Script = async function* () {
  yield STATUS;
  yield delta('Yes.');
  yield { type: 'done', message: message({ text: 'Yes.' }) };
};

/** Says one word and then waits until it is stopped, as the server does. */
const endless: Script = async function* (_, signal) {
  yield STATUS;
  yield delta('One');
  await new Promise<void>((_resolve, reject) => {
    signal.addEventListener('abort', () =>
      reject(new ApiError('Stopped.', '', 'stopped', 0))
    );
  });
};

const told = (talk: Talk) =>
  talk.entries.map(entry =>
    entry.kind === 'question' ? entry.text : entry.state.kind
  );

const turn = () => new Promise(resolve => setTimeout(resolve));

describe('a talk', () => {
  it('asks, and goes on in the conversation that the server began', async () => {
    const { talk, asked } = talking(whole);
    await talk.ask('  Why?  ', null);
    await talk.ask('And then?', null);
    expect(asked.map(r => [r.question, r.conversation])).toEqual([
      ['Why?', null],
      ['And then?', TALK]
    ]);
    expect(told(talk)).toEqual(['Why?', 'kept', 'And then?', 'kept']);
    expect(talk.title.value).toBe('Why?');
    expect(talk.busy.value).toBe(false);
  });

  it('asks one question at a time, and never an empty one', async () => {
    const { talk, asked } = talking(endless);
    void talk.ask('First?', null);
    await turn();
    await talk.ask('Second?', null);
    talk.stop();
    await turn();
    await talk.ask('   ', null);
    expect(asked).toHaveLength(1);
  });

  it('stops the request, and keeps what came', async () => {
    let aborted = false;
    const { talk } = talking((request, signal) => {
      signal.addEventListener('abort', () => (aborted = true));
      return endless(request, signal);
    });
    const asking = talk.ask('Why?', null);
    await turn();
    talk.stop();
    await asking;
    expect(aborted).toBe(true);
    expect(talk.entries[1]).toMatchObject({
      state: { kind: 'kept', message: { text: 'One', state: 'stopped' } }
    });
  });

  it('asks again in place of the old question, all after it gone', async () => {
    const { talk, asked } = talking(whole);
    await talk.ask('Why?', null);
    await talk.ask('And then?', null);
    const [first] = talk.entries;
    await talk.again(first?.key ?? '', 'Why not?');
    expect(asked.at(-1)).toMatchObject({
      question: 'Why not?',
      replaces: ASKED
    });
    expect(told(talk)).toEqual(['Why not?', 'kept']);
  });

  it('never loses a question: offline it stands with its failure', async () => {
    const { talk, asked } = talking(async function* () {
      yield* [];
      throw new ApiError('No answer.', 'Look.', 'offline', 0);
    });
    await talk.ask('Why?', null);
    expect(told(talk)).toEqual(['Why?', 'failed']);
    await talk.again(talk.entries[0]?.key ?? '');
    expect(asked[1]).toMatchObject({ question: 'Why?', replaces: null });
  });

  it('hears nothing of an answer that was left', async () => {
    let release = (): void => undefined;
    const { talk } = talking(async function* () {
      yield STATUS;
      await new Promise<void>(resolve => (release = resolve));
      yield delta('Too late');
    });
    const asking = talk.ask('Why?', null);
    await turn();
    talk.fresh();
    release();
    await asking;
    expect(talk.entries).toEqual([]);
    expect(talk.conversation.value).toBeNull();
  });

  it('stays in its workspace when another document is opened', async () => {
    const { talk, documents, look } = talking(whole);
    await talk.ask('Why?', null);
    look('two/b.py');
    await talk.ask('And then?', null);
    talk.fresh();
    await talk.ask('New?', null);
    expect(documents).toEqual(['one/a.py', 'one/a.py', 'two/b.py']);
  });

  it('reads a conversation, or says why it cannot', async () => {
    let answer = () =>
      Promise.resolve(
        conversation([
          message({ id: 'a' as never, role: 'learner', text: 'Old?' }),
          message()
        ])
      );
    const { talk } = talking(whole, () => answer());
    await talk.open(TALK);
    expect(told(talk)).toEqual(['Old?', 'kept']);
    answer = () =>
      Promise.reject(new ApiError('Torn.', 'New.', 'cannot_read', 500));
    await talk.open(TALK);
    expect(talk.reading.value).toMatchObject({
      kind: 'failed',
      sentence: 'Torn.'
    });
    // deleted elsewhere: nothing to be told about
    answer = () =>
      Promise.reject(new ApiError('Gone.', 'New.', 'not_found', 404));
    await talk.open(TALK);
    expect(talk.reading.value.kind).toBe('ready');
    expect(talk.conversation.value).toBeNull();
  });
});
