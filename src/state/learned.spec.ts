import { afterEach, describe, expect, it, vi } from 'vitest';

import { ApiError } from '../api/failure';
import type { Evidence, LessonId, Progress, Status } from '../api/types.gen';
import type { Deed, ILearnerApi, Loaded } from '../tokens';
import { Field } from './field';
import { Learned } from './learned';
import { Unsent } from './unsent';

const NOTE = 'w/lessons/01_a.ipynb';
const DEED: Deed = {
  lesson: '01_a' as LessonId,
  item: 'q1',
  kind: 'quiz',
  outcome: 'right',
  answer: 'yes'
};
const AWAY = new ApiError('Away.', 'Wait.', 'offline', 0);

afterEach(() => localStorage.clear());

/** A server that keeps what it is given; `refuses` says what it does not take. */
function server() {
  const has: Evidence[] = [];
  const calls: string[] = [];
  const state = {
    refuses: (_: readonly Evidence[]): ApiError | null => null,
    progress: (): Promise<Progress> =>
      Promise.resolve({ minutes_left: has.length } as Progress)
  };
  const api = {
    progress: (document: string) => {
      calls.push(`progress ${document}`);
      return state.progress();
    },
    giveEvidence: (document: string, evidence: readonly Evidence[]) => {
      calls.push(`give ${document} ${evidence.length}`);
      const refused = state.refuses(evidence);
      if (refused !== null) {
        return Promise.reject(refused);
      }
      has.push(...evidence);
      return Promise.resolve();
    },
    exportProgress: () => Promise.resolve({ format: 1, evidence: [...has] })
  } as unknown as ILearnerApi;
  return { api, has, calls, state };
}

function visit(api: ILearnerApi) {
  const session = {
    document: new Field(NOTE),
    status: new Field<Loaded<Status>>({ kind: 'nothing' })
  };
  const kept = new Unsent('/', localStorage);
  return { learned: new Learned(api, session, kept), session };
}

describe('an answer', () => {
  it('is sent, shown at once, and moves the path', async () => {
    const { api, has } = server();
    const { learned } = visit(api);
    await learned.look(true);
    const evidence = learned.evidence(NOTE);
    await learned.give(NOTE, DEED);
    expect(has).toHaveLength(1);
    expect(has[0]).toMatchObject({ ...DEED, format: 1 });
    expect(has[0].id).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
    expect(has[0].at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    expect(evidence.value).toEqual(has);
    expect(learned.unsent.value).toBeNull();
    expect(learned.progress.value).toMatchObject({
      value: { minutes_left: 1 }
    });
    expect(localStorage).toHaveLength(0);
  });

  it('outlives a server that is away, and a reload', async () => {
    const { api, has, state } = server();
    state.refuses = () => AWAY;
    const first = visit(api).learned;
    await first.give(NOTE, DEED);
    await first.give(NOTE, { ...DEED, item: 'q2' });
    expect(first.unsent.value).toMatchObject({
      sentence: 'Away.',
      hint: 'Wait.'
    });
    expect(first.unsent.value?.ids.size).toBe(2);

    const second = visit(api).learned;
    expect(second.evidence(NOTE).value.map(({ item }) => item)).toEqual([
      'q1',
      'q2'
    ]);
    expect(second.evidence('w/other.ipynb').value).toEqual([]);
    state.refuses = () => null;
    await second.send();
    expect(has.map(({ item }) => item).sort()).toEqual(['q1', 'q2']);
    expect(second.unsent.value).toBeNull();
    expect(localStorage).toHaveLength(0);
  });

  it('that is refused does not hold up the others', async () => {
    const { api, has, state } = server();
    const bad = new ApiError('No such item.', '', 'bad_input', 400);
    state.refuses = () => AWAY;
    const { learned } = visit(api);
    await learned.give(NOTE, { ...DEED, item: 'gone' });
    await learned.give(NOTE, DEED);
    state.refuses = lines => (lines.some(l => l.item === 'gone') ? bad : null);
    await learned.send();
    expect(has.map(({ item }) => item)).toEqual(['q1']);
    expect(learned.unsent.value).toMatchObject({ sentence: 'No such item.' });
    expect(localStorage).toHaveLength(1);
  });

  it('of a hundred others goes in parcels that the server takes', async () => {
    const { api, has, calls, state } = server();
    state.refuses = () => AWAY;
    const { learned } = visit(api);
    await Promise.all(
      Array.from({ length: 101 }, (_, n) =>
        learned.give(n === 0 ? 'b.ipynb' : NOTE, { ...DEED, item: `q${n}` })
      )
    );
    state.refuses = () => null;
    calls.length = 0;
    await learned.send();
    expect(calls.sort()).toEqual([
      'give b.ipynb 1',
      `give ${NOTE} 50`,
      `give ${NOTE} 50`
    ]);
    expect(new Set(has.map(({ id }) => id)).size).toBe(101);
  });

  it('is kept for the page where the browser stores nothing', async () => {
    const { api, has, state } = server();
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('full');
    });
    state.refuses = () => AWAY;
    const { learned } = visit(api);
    await learned.give(NOTE, DEED);
    vi.restoreAllMocks();
    state.refuses = () => null;
    await learned.send();
    expect(has).toHaveLength(1);
  });

  it('is not confused by what others left in the storage', async () => {
    localStorage.setItem('nanochat-learn:evidence:/:x', '{"half');
    localStorage.setItem('other', 'x');
    const { api, calls } = server();
    await visit(api).learned.send();
    expect(calls).toEqual([]);
  });
});

describe('the path', () => {
  const place = (prefix: string, hash: string): Loaded<Status> => ({
    kind: 'ready',
    value: {
      workspace: { prefix },
      index: { content_hash: hash }
    } as Status
  });

  it('is asked for by nobody but who wants it, then follows the workspace', async () => {
    const { api, calls } = server();
    const { learned, session } = visit(api);
    await learned.look();
    session.status.set(place('w', '1'));
    expect(calls).toEqual([]);
    await learned.look(true);
    session.status.set(place('w', '1'));
    expect(calls).toEqual([`progress ${NOTE}`]);
    session.status.set(place('v', '1'));
    expect(calls).toHaveLength(2);
  });

  it('stays while the server is away, but not in another workspace', async () => {
    const { api, state } = server();
    const { learned, session } = visit(api);
    session.status.set(place('w', '1'));
    await learned.look(true);
    state.progress = () => Promise.reject(AWAY);
    await learned.look();
    expect(learned.progress.value.kind).toBe('ready');
    session.status.set(place('v', '1'));
    await vi.waitFor(() =>
      expect(learned.progress.value).toMatchObject({
        kind: 'failed',
        sentence: 'Away.'
      })
    );
    state.progress = () => Promise.resolve({} as Progress);
    await learned.look();
    expect(learned.progress.value.kind).toBe('ready');
  });
});
