/** Choosing a kernel and running a block, with kernels that answer as they are told. */
import {
  RenderMimeRegistry,
  standardRendererFactories
} from '@jupyterlab/rendermime';
import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { ApiError } from '../api/failure';
import { Field } from '../state/field';
import type { ISession } from '../tokens';
import { type IChosen, Kernels } from './kernels';
import { makeRunnable } from './runnable';

const trans = nullTranslator.load('nanochat_learn');

interface IFakeKernel {
  name: string;
  status: string;
  isDisposed: boolean;
}

const kernel = (status = 'idle', name = 'python3'): IFakeKernel => ({
  name,
  status,
  isDisposed: false
});

function choosing(options: {
  prefix?: string;
  notebook?: { path: string; kernel: IFakeKernel | null };
  running?: { id: string; kernel: { execution_state: string } | null };
  specs?: Record<string, { language: string }>;
  refuses?: boolean;
}) {
  const did: string[] = [];
  const started: IFakeKernel[] = [];
  const begin = (): { kernel: IFakeKernel } => {
    const one = kernel();
    started.push(one);
    return { kernel: one };
  };
  const services = {
    kernelspecs: {
      ready: Promise.resolve(),
      specs: {
        default: 'python3',
        kernelspecs: options.specs ?? { python3: { language: 'python' } }
      }
    },
    sessions: {
      findByPath: () => Promise.resolve(options.running),
      connectTo: () => {
        did.push('connect');
        return begin();
      },
      shutdown: (id: string) => Promise.resolve(void did.push(`end ${id}`)),
      startNew: ({ path, type }: { path: string; type: string }) => {
        did.push(`start ${type} ${path}`);
        return options.refuses === true
          ? Promise.reject(new Error('503'))
          : Promise.resolve(begin());
      }
    }
  };
  const notebooks = {
    currentWidget: options.notebook && {
      sessionContext: { session: options.notebook }
    }
  };
  const status = { workspace: { prefix: options.prefix ?? '' } };
  const session = { status: new Field({ kind: 'ready', value: status }) };
  const kernels = new Kernels(
    services as never,
    notebooks as never,
    session as unknown as ISession,
    trans,
    {
      file: 'nanochat-learn-notes',
      title: 'Concept panel',
      name: 'the concept panel'
    }
  );
  return { kernels, did, started };
}

describe('the kernel', () => {
  it('is that of the notebook in front', async () => {
    const own = kernel('busy');
    const { kernels, did } = choosing({
      prefix: 'course',
      notebook: { path: 'course/lessons/00.ipynb', kernel: own }
    });
    expect(await kernels.choose()).toEqual({
      kernel: own,
      name: '00.ipynb',
      own: false
    });
    expect(did).toEqual([]);
  });

  it.each([
    ['another workspace', { path: 'courses/a.ipynb', kernel: kernel() }],
    [
      'another language',
      { path: 'course/a.ipynb', kernel: kernel('idle', 'r') }
    ],
    ['no kernel', { path: 'course/a.ipynb', kernel: null }],
    ['a dead kernel', { path: 'course/a.ipynb', kernel: kernel('dead') }]
  ])('is the panel’s own beside a notebook with %s', async (_, notebook) => {
    const { kernels, did } = choosing({
      prefix: 'course',
      notebook,
      specs: { r: { language: 'R' }, python3: { language: 'python' } }
    });
    expect((await kernels.choose()).own).toBe(true);
    expect(did).toEqual(['start console course/nanochat-learn-notes']);
  });

  it('is kept, and replaced only when it died', async () => {
    const { kernels, did, started } = choosing({});
    const first = await kernels.choose();
    expect((await kernels.choose()).kernel).toBe(first.kernel);
    started[0]!.status = 'restarting';
    expect((await kernels.choose()).kernel).toBe(first.kernel);
    started[0]!.status = 'dead';
    expect((await kernels.choose()).kernel).not.toBe(first.kernel);
    expect(did).toHaveLength(2);
  });

  it('goes on after a reload, unless it is dead', async () => {
    const alive = choosing({
      running: { id: 's1', kernel: { execution_state: 'idle' } }
    });
    await alive.kernels.choose();
    expect(alive.did).toEqual(['connect']);
    const dead = choosing({
      running: { id: 's1', kernel: { execution_state: 'dead' } }
    });
    await dead.kernels.choose();
    expect(dead.did).toEqual(['end s1', 'start console nanochat-learn-notes']);
  });

  it.each([
    ['no Python', { specs: { r: { language: 'R' } } }, 'pip install ipykernel'],
    [
      'a server that refuses',
      { refuses: true },
      'Check that it is still running'
    ]
  ])('is missing with %s: a sentence and a step', async (_, options, step) => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const failure = await choosing(options)
      .kernels.choose()
      .catch(e => e);
    expect(failure).toBeInstanceOf(ApiError);
    expect(failure.sentence).toMatch(/\.$/);
    expect(failure.hint).toContain(step);
  });
});

/** One request to a fake kernel, answered step by step. */
class FakeFuture {
  reply!: (status: string) => void;
  cancel!: () => void;
  done = new Promise<{ content: { status: string } }>((resolve, reject) => {
    this.reply = status => resolve({ content: { status } });
    this.cancel = () => reject(new Error('Canceled future'));
  });
  hook: (message: unknown) => unknown = () => true;
  onIOPub: (message: unknown) => unknown = () => undefined;
  onReply = (): void => undefined;
  onStdin = (): void => undefined;
  registerMessageHook(hook: (message: unknown) => unknown): void {
    this.hook = hook;
  }
  removeMessageHook(): void {}
  dispose(): void {}
  begin(): void {
    this.hook({ header: { msg_type: 'execute_input' } });
  }
  print(text: string): void {
    const header = { msg_type: 'stream' };
    const content = { name: 'stdout', text };
    void this.onIOPub({ header, content, parent_header: {} });
  }
}

const leaving: AbortController[] = [];
afterEach(() => {
  leaving.splice(0).forEach(one => one.abort());
  document.body.replaceChildren();
});

function running(choose?: () => Promise<IChosen>) {
  const note = document.createElement('div');
  note.innerHTML =
    '<pre><code class="language-python">print(1)</code></pre>' +
    '<pre><code class="language-text">no code</code></pre><pre><code>x</code></pre>';
  document.body.append(note);
  const futures: FakeFuture[] = [];
  const asked: string[] = [];
  const fake = {
    ...kernel(),
    interrupts: 0,
    requestExecute: ({ code }: { code: string }) => {
      asked.push(code);
      futures.push(new FakeFuture());
      return futures.at(-1);
    },
    interrupt: () => Promise.resolve(void fake.interrupts++),
    disposed: new Signal({})
  };
  const chosen = { kernel: fake, name: 'a.ipynb', own: false };
  const stop = new AbortController();
  leaving.push(stop);
  makeRunnable(
    note,
    {
      rendermime: new RenderMimeRegistry({
        initialFactories: standardRendererFactories
      }),
      trans,
      choose: choose ?? (() => Promise.resolve(chosen as unknown as IChosen))
    },
    stop.signal
  );
  const [run, halt, clear] = note.querySelectorAll('button');
  const said = (): string =>
    note.querySelector('[role=status]')?.textContent ?? '';
  return {
    note,
    fake,
    futures,
    asked,
    stop,
    run: run!,
    halt: halt!,
    clear: clear!,
    said
  };
}

const turn = (): Promise<void> => new Promise(r => setTimeout(r, 10));

describe('a block', () => {
  it('is offered for Python only', () => {
    const { note } = running();
    expect(note.querySelectorAll('.jp-NanochatLearn-runnable')).toHaveLength(1);
  });

  it('leaves in peace when its page was taken away first', () => {
    const { note, stop } = running();
    const errors: string[] = [];
    const listen = (event: ErrorEvent): void => {
      event.preventDefault();
      errors.push(event.message);
    };
    window.addEventListener('error', listen);
    note.remove();
    stop.abort();
    window.removeEventListener('error', listen);
    expect(errors).toEqual([]);
  });

  it('runs, prints, and says where', async () => {
    const { note, futures, asked, run, halt, clear, said } = running();
    run.focus();
    run.click();
    run.click(); // once is enough
    await turn();
    expect(asked).toEqual(['print(1)']);
    expect(said()).toBe('Waiting for the kernel of a.ipynb…');
    expect([run.hidden, halt.hidden]).toEqual([true, false]);
    expect(document.activeElement).toBe(halt);
    futures[0]!.begin();
    expect(said()).toBe('Running on the kernel of a.ipynb…');
    futures[0]!.print('one\n');
    futures[0]!.reply('ok');
    await turn();
    expect(said()).toBe('Ran on the kernel of a.ipynb.');
    expect(document.activeElement).toBe(run);
    expect(note.querySelector('.jp-OutputArea')?.textContent).toContain('one');
    clear.click();
    await turn();
    expect(note.querySelector('.jp-OutputArea')?.textContent).toBe('');
    expect(said()).toBe('');
    expect(clear.hidden).toBe(true);
  });

  it('runs by Shift and Enter, not by Enter', async () => {
    const { note, asked } = running();
    const press = (shiftKey: boolean): boolean =>
      note.querySelector('pre')!.dispatchEvent(
        new KeyboardEvent('keydown', {
          key: 'Enter',
          shiftKey,
          cancelable: true
        })
      );
    expect(press(false)).toBe(true);
    expect(press(true)).toBe(false);
    await turn();
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['ok', 'It printed nothing'],
    ['error', 'Read the last line below first'],
    ['aborted', 'Press Run again']
  ])('tells how it ended: %s', async (status, words) => {
    const { futures, run, said } = running();
    run.click();
    await turn();
    futures[0]!.reply(status);
    await turn();
    expect(said()).toContain(words);
    expect(run.hidden).toBe(false);
  });

  it('can be stopped', async () => {
    const { fake, futures, run, halt, said } = running();
    run.click();
    await turn();
    futures[0]!.begin();
    halt.click();
    expect(said()).toBe('Stopping…');
    await turn();
    expect(fake.interrupts).toBe(1);
    futures[0]!.reply('error');
    await turn();
    expect(said()).toBe('You stopped it. (Kernel of a.ipynb.)');
  });

  it('says what it waits for, before Stop ends that too', async () => {
    const { fake, futures, run, said } = running();
    fake.status = 'busy';
    run.click();
    await turn();
    expect(said()).toBe(
      'Waiting: the kernel of a.ipynb is busy with something else. Stop ends that too.'
    );
    futures[0]!.begin();
    expect(said()).toBe('Running on the kernel of a.ipynb…');
  });

  it('can be stopped while its kernel is still coming', async () => {
    let come: (chosen: IChosen) => void = () => undefined;
    const { asked, run, halt, said } = running(
      () => new Promise(resolve => (come = resolve))
    );
    run.click();
    halt.click();
    expect(said()).toBe('You stopped it.');
    expect(run.hidden).toBe(false);
    come({ kernel: kernel(), name: 'late', own: true } as unknown as IChosen);
    await turn();
    expect(asked).toEqual([]);
    expect(said()).toBe('You stopped it.');
  });

  it.each([
    ['idle', 'restarted before the block had ended'],
    ['dead', 'Restart it in the Kernel menu']
  ])('survives a kernel that goes away: %s', async (status, words) => {
    const { fake, futures, asked, run, said } = running();
    run.click();
    await turn();
    fake.status = status;
    futures[0]!.cancel();
    await turn();
    expect(said()).toContain(words);
    fake.status = 'idle';
    run.click();
    await turn();
    expect(asked).toHaveLength(2);
  });

  it('says why there is no kernel', async () => {
    const { run, said } = running(() =>
      Promise.reject(new ApiError('None.', 'Install one.', 'no_kernel', 0))
    );
    run.click();
    await turn();
    expect(said()).toBe('None. Install one.');
    expect(run.hidden).toBe(false);
  });

  it('does not go on when the page leaves', async () => {
    const { fake, futures, run, stop } = running();
    run.click();
    await turn();
    futures[0]!.begin();
    stop.abort();
    expect(fake.interrupts).toBe(1);
  });
});
