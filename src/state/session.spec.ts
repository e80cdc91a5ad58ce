import { describe, expect, it } from 'vitest';

import { ApiError } from '../api/failure';
import type {
  IndexEvent,
  KnowledgeGraph,
  NodeId,
  Status
} from '../api/types.gen';
import type { IApi, IIndexRun } from '../tokens';
import { Field } from './field';
import { loadedGraph } from './graph';
import { Session } from './session';

function status(prefix: string | null, hash: string | null): Status {
  return {
    version: '1',
    workspace: prefix === null ? null : { prefix, name: 'w', writable: true },
    index:
      hash === null
        ? null
        : {
            content_hash: hash,
            files: 1,
            nodes: 1,
            edges: 0,
            errors: 0,
            warnings: 0
          },
    indexing: false
  };
}

/** A server of two calls, each answered when the test says so. */
class Server {
  calls: string[] = [];
  answers: Array<() => void> = [];
  states: Record<string, Status | ApiError> = {};
  events: IndexEvent[] = [];

  readonly api = {
    status: (document: string) =>
      this._answer(`status ${document}`, () => {
        const state = this.states[document];
        if (state === undefined || state instanceof ApiError) {
          throw state;
        }
        return state;
      }),
    graph: (document: string) =>
      this._answer(
        `graph ${document}`,
        () => ({ root: document }) as KnowledgeGraph
      ),
    index: (_: string, confirmed: boolean, signal: AbortSignal) =>
      this._index(confirmed, signal)
  } as unknown as IApi;

  private async *_index(confirmed: boolean, signal: AbortSignal) {
    this.calls.push(`index ${confirmed}`);
    for (const event of this.events) {
      if (signal.aborted) {
        throw new ApiError('Stopped.', '', 'stopped', 0);
      }
      yield event;
    }
  }

  /** Hold answers back until `release`. */
  slow = false;
  release(): void {
    this.answers.splice(0).forEach(answer => answer());
  }

  private _answer<T>(call: string, value: () => T): Promise<T> {
    this.calls.push(call);
    return new Promise((resolve, reject) => {
      const answer = (): void => {
        try {
          resolve(value());
        } catch (thrown) {
          reject(thrown);
        }
      };
      if (this.slow) {
        this.answers.push(answer);
      } else {
        answer();
      }
    });
  }
}

const settle = (): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, 0));

function progress(done: number): IndexEvent {
  return { type: 'progress', done, total: 2, file_path: `${done}.py` };
}

describe('Field', () => {
  it('tells watchers of another value only', () => {
    const field = new Field('a');
    const heard: string[] = [];
    field.changed.connect((_, value) => heard.push(value));
    field.set('a');
    field.set('b');
    field.set('b');
    expect(heard).toEqual(['b']);
  });
});

describe('Session', () => {
  it('asks for nothing until somebody asks it', async () => {
    const server = new Server();
    const session = new Session(server.api);
    session.document.set('a.py');
    session.selection.set('x' as NodeId);
    await settle();
    expect(server.calls).toEqual([]);
  });

  it('loads the graph of the active document, then follows it', async () => {
    const server = new Server();
    server.states = {
      'a/x.py': status('a', '1'),
      'a/y.py': status('a', '1'),
      'b/z.py': status('b', '2')
    };
    const session = new Session(server.api);
    session.document.set('a/x.py');
    await session.refresh();
    expect(session.graph.value).toMatchObject({ value: { root: 'a/x.py' } });
    session.document.set('a/y.py');
    await settle();
    expect(session.graph.value).toMatchObject({ value: { root: 'a/x.py' } });
    session.document.set('b/z.py');
    await settle();
    expect(session.graph.value).toMatchObject({ value: { root: 'b/z.py' } });
    expect(server.calls).toEqual([
      'status a/x.py',
      'graph a/x.py',
      'status a/y.py',
      'status b/z.py',
      'graph b/z.py'
    ]);
  });

  it('asks for no graph where there is no workspace or no index', async () => {
    for (const state of [status(null, null), status('a', null)]) {
      const server = new Server();
      server.states = { '': state };
      const session = new Session(server.api);
      await session.refresh();
      expect(session.status.value.kind).toBe('ready');
      expect(session.graph.value.kind).toBe('nothing');
      expect(server.calls).toEqual(['status ']);
    }
  });

  it('lets the last of overlapping loads win, and asks anew where it was owed', async () => {
    const server = new Server();
    server.states = { '': status('', '1'), 'b.py': status('', '1') };
    const session = new Session(server.api);
    await session.refresh();
    server.calls = [];
    server.slow = true;
    const overtaken = session.refresh();
    session.document.set('b.py');
    await settle();
    server.slow = false;
    server.release();
    await overtaken;
    expect(session.graph.value).toMatchObject({ value: { root: 'b.py' } });
    expect(server.calls.filter(call => call.startsWith('graph'))).toEqual([
      'graph b.py'
    ]);
  });

  it('shows a failure as a sentence and recovers on refresh', async () => {
    const server = new Server();
    server.states = { '': new ApiError('Away.', 'Wait.', 'offline', 0) };
    const session = new Session(server.api);
    await session.refresh();
    expect(session.status.value).toEqual({
      kind: 'failed',
      sentence: 'Away.',
      hint: 'Wait.'
    });
    expect(session.graph.value.kind).toBe('failed');
    server.states = { '': status('', '1') };
    await session.refresh();
    expect(session.graph.value.kind).toBe('ready');
  });

  it('reports progress, then the new graph', async () => {
    const server = new Server();
    server.states = { '': status('', '1') };
    server.events = [
      progress(1),
      progress(2),
      {
        type: 'done',
        state: status('', '1').index as never,
        parsed: 2,
        problems: []
      }
    ];
    const session = new Session(server.api);
    const seen: Array<IIndexRun | null> = [];
    session.indexing.changed.connect((_, run) => seen.push(run));
    await session.index(true);
    expect(seen.map(run => run?.done ?? null)).toEqual([0, 1, 2, null]);
    expect(server.calls).toEqual(['index true', 'status ', 'graph ']);
    expect(session.graph.value.kind).toBe('ready');
  });

  it('rejects with the failure that the server tells at the end', async () => {
    const server = new Server();
    const failure = { code: 'busy', sentence: 'Another run.', hint: 'Wait.' };
    server.events = [progress(1), { type: 'error', failure }];
    const session = new Session(server.api);
    await expect(session.index()).rejects.toMatchObject({ code: 'busy' });
    expect(session.indexing.value).toBeNull();
  });

  it('can be stopped, and does not call that an error', async () => {
    const server = new Server();
    server.states = { '': status('', null) };
    server.events = [progress(1), progress(2)];
    const session = new Session(server.api);
    session.indexing.changed.connect((_, run) => {
      if (run?.done === 1) {
        run.stop();
      }
    });
    await session.index();
    expect(session.indexing.value).toBeNull();
    expect(server.calls).toEqual(['index false', 'status ']);
  });

  it('runs one index at a time', async () => {
    const server = new Server();
    server.states = { '': status('', null) };
    const session = new Session(server.api);
    await Promise.all([session.index(), session.index()]);
    expect(server.calls.filter(call => call.startsWith('index'))).toHaveLength(
      1
    );
  });
});

describe('Session, kept up to date', () => {
  async function opened() {
    const server = new Server();
    server.states = { 'a/x.py': status('a', '1') };
    const session = new Session(server.api);
    session.document.set('a/x.py');
    await session.refresh();
    server.calls = [];
    const graphs: string[] = [];
    session.graph.changed.connect((_, { kind }) => graphs.push(kind));
    return { server, session, graphs };
  }

  it('asks again for its own workspace, and keeps the graph in view meanwhile', async () => {
    const { server, session, graphs } = await opened();
    server.states['a/x.py'] = status('a', '2');
    await session.heard({ prefix: 'a', content_hash: '2' });
    expect(server.calls).toEqual(['status a/x.py', 'graph a/x.py']);
    expect(graphs).toEqual(['ready']);
    expect(session.status.value).toMatchObject({
      value: { index: { content_hash: '2' } }
    });
  });

  it.each([
    ['another workspace', { prefix: 'b', content_hash: '2' }],
    ['what is known', { prefix: 'a', content_hash: '1' }]
  ])('asks nothing when it hears of %s', async (_, changed) => {
    const { server, session } = await opened();
    await session.heard(changed);
    expect(server.calls).toEqual([]);
  });

  it('recovers when the server that failed speaks again', async () => {
    const { server, session } = await opened();
    server.states = { 'a/x.py': new ApiError('Away.', 'Wait.', 'offline', 0) };
    await session.refresh();
    expect(session.graph.value.kind).toBe('failed');
    server.states = { 'a/x.py': status('a', '2') };
    await session.heard({ prefix: 'a', content_hash: '2' });
    expect(session.graph.value.kind).toBe('ready');
  });

  it('asks nothing before anybody asked it', async () => {
    const server = new Server();
    const session = new Session(server.api);
    await session.heard({ prefix: '', content_hash: '2' });
    await session.lookAgain();
    expect(server.calls).toEqual([]);
  });

  it('leaves what an index run of its own announces to that run', async () => {
    const { server, session } = await opened();
    const state = status('a', '2').index as never;
    server.events = [
      progress(1),
      { type: 'done', state, parsed: 1, problems: [] }
    ];
    session.indexing.changed.connect((_, run) => {
      if (run?.done === 1) {
        void session.heard({ prefix: 'a', content_hash: '2' });
      }
    });
    await session.index(true);
    expect(server.calls).toEqual([
      'index true',
      'status a/x.py',
      'graph a/x.py'
    ]);
  });

  it.each(['1', '2'])('looks again; the files say %s', async hash => {
    const { server, session, graphs } = await opened();
    server.states['a/x.py'] = status('a', hash);
    const state = status('a', hash).index as never;
    server.events = [{ type: 'done', state, parsed: 0, problems: [] }];
    const runs: unknown[] = [];
    session.indexing.changed.connect((_, run) => runs.push(run));
    await Promise.all([session.lookAgain(), session.lookAgain()]);
    expect(server.calls).toEqual(
      hash === '1'
        ? ['index true']
        : ['index true', 'status a/x.py', 'graph a/x.py']
    );
    expect(graphs).toEqual(hash === '1' ? [] : ['ready']);
    expect(runs).toEqual([]);
  });

  it('does not index unasked when the learner comes back', async () => {
    for (const state of [status(null, null), status('a', null)]) {
      const server = new Server();
      server.states = { '': state };
      const session = new Session(server.api);
      await session.refresh();
      await session.lookAgain();
      expect(server.calls).toEqual(['status ']);
    }
  });

  it('leaves everything as it is when the server is away', async () => {
    const { server, session, graphs } = await opened();
    const failure = { code: 'busy', sentence: 'Another run.', hint: 'Wait.' };
    server.events = [{ type: 'error', failure }];
    await session.lookAgain();
    expect(graphs).toEqual([]);
    expect(session.status.value.kind).toBe('ready');
    await session.lookAgain();
    expect(server.calls).toEqual(['index true', 'index true']);
  });
});

describe('loadedGraph', () => {
  it('loads once for several askers', async () => {
    const server = new Server();
    server.states = { '': status('', '1') };
    const session = new Session(server.api);
    const graphs = await Promise.all([
      loadedGraph(session),
      loadedGraph(session)
    ]);
    expect(graphs[0]).toBe(graphs[1]);
    expect(graphs[0]).not.toBeNull();
    expect(server.calls.filter(call => call.startsWith('graph'))).toHaveLength(
      1
    );
  });
});
