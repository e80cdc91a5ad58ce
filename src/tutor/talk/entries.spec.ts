import { describe, expect, it } from 'vitest';

import { begun, ended, entriesOf, received, textOf } from './entries';
import { CITED, conversation, delta, message, STATUS } from './sample';

const FAILURE = { code: 'x', sentence: 'It broke.', hint: 'Try again.' };

describe('an answer', () => {
  it('grows by its events and becomes what was kept', () => {
    let state = begun();
    for (const event of [
      STATUS,
      delta('See '),
      { type: 'citation', citation: CITED } as const,
      delta(`[[${CITED.id}]]`)
    ]) {
      state = received(state, event);
    }
    expect(textOf(state)).toMatchObject({
      text: `See [[${CITED.id}]]`,
      citations: [CITED]
    });
    const kept = message({ text: 'Checked.' });
    state = received(state, { type: 'done', message: kept });
    expect(state).toEqual({ kind: 'kept', message: kept });
    // nothing changes an answer that has ended
    expect(received(state, delta('more'))).toBe(state);
    expect(ended(state, 'stopped')).toBe(state);
  });

  it('that is stopped or broken keeps what came', () => {
    const some = received(begun(), delta('Half'));
    expect(ended(some, 'stopped')).toMatchObject({
      kind: 'kept',
      message: { text: 'Half', state: 'stopped' }
    });
    expect(ended(some, FAILURE)).toMatchObject({
      kind: 'failed',
      failure: FAILURE,
      message: { text: 'Half', state: 'broken' }
    });
    expect(ended(begun(), 'stopped')).toEqual({ kind: 'missing' });
    expect(ended(begun(), FAILURE)).toMatchObject({ message: null });
    expect(
      received(some, { type: 'error', failure: FAILURE, message: null })
    ).toMatchObject({ kind: 'failed', message: { text: 'Half' } });
  });

  it('of notes in place of a model tells the failure, a refused key too', () => {
    const of = (code: string) =>
      received(begun(), {
        type: 'done',
        message: message({ extractive: true, failure: { ...FAILURE, code } })
      }).kind;
    expect(of('model_failed')).toBe('failed');
    expect(of('needs_key')).toBe('failed');
  });
});

describe('a conversation that was read', () => {
  it('shows which questions have no answer', () => {
    const asked = (id: string, text: string) =>
      message({ id: id as never, role: 'learner', text });
    const entries = entriesOf(
      conversation([
        asked('a', 'First?'),
        asked('b', 'Second?'),
        message({ id: 'c' as never }),
        asked('d', 'Third?')
      ])
    );
    expect(
      entries.map(entry =>
        entry.kind === 'question' ? entry.text : entry.state.kind
      )
    ).toEqual(['First?', 'missing', 'Second?', 'kept', 'Third?', 'missing']);
    expect(new Set(entries.map(({ key }) => key)).size).toBe(6);
  });

  it('keeps an empty answer that failed as a failure', () => {
    const [, answer] = entriesOf(
      conversation([
        message({ id: 'a' as never, role: 'learner' }),
        message({ id: 'b' as never, text: '', failure: FAILURE })
      ])
    );
    expect(answer).toMatchObject({
      state: { kind: 'failed', message: null }
    });
  });
});
