/**
 * Which kernel runs the code of a note or an answer: that of the notebook in front, when it belongs to
 * the same workspace and speaks Python; else one of the panel's own, started where the
 * workspace is, so that `import nanochat` finds the learner's copy.
 */
import { PathExt } from '@jupyterlab/coreutils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { Kernel, ServiceManager, Session } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import { ApiError } from '../api/failure';
import type { ISession } from '../tokens';

export interface IChosen {
  readonly kernel: Kernel.IKernelConnection;
  /** How it is called in a sentence. */
  readonly name: string;
  /** The panel's own: nobody else restarts it. */
  readonly own: boolean;
}

/** The panel that asks, and how its own kernel is found again. */
export interface IHome {
  /** No file: the folder of this path is where the kernel works. */
  readonly file: string;
  /** How the kernel stands in the list of running ones: “Concept panel”. */
  readonly title: string;
  /** How the panel is called inside a sentence: “the concept panel”. */
  readonly name: string;
}

type Services = Pick<ServiceManager.IManager, 'sessions' | 'kernelspecs'>;

/** One for the whole panel: its own kernel is reused from block to block. */
export class Kernels {
  constructor(
    private readonly _services: Services,
    private readonly _notebooks: Pick<INotebookTracker, 'currentWidget'> | null,
    private readonly _session: ISession,
    private readonly _trans: TranslationBundle,
    private readonly _home: IHome
  ) {}

  /** Rejects with an `ApiError` that says what to do. */
  async choose(): Promise<IChosen> {
    const prefix = await this._prefix();
    await this._services.kernelspecs.ready;
    return this._ofNotebook(prefix) ?? (await this._own(prefix));
  }

  private async _prefix(): Promise<string> {
    if (this._session.status.value.kind !== 'ready') {
      await this._session.refresh();
    }
    const status = this._session.status.value;
    return status.kind === 'ready'
      ? (status.value.workspace?.prefix ?? '')
      : '';
  }

  private _ofNotebook(prefix: string): IChosen | null {
    const context = this._notebooks?.currentWidget?.sessionContext;
    const session = context?.session ?? null;
    const kernel = session?.kernel ?? null;
    if (
      session === null ||
      kernel === null ||
      !isAlive(kernel) ||
      !this._isPython(kernel.name) ||
      !(prefix === '' || session.path.startsWith(`${prefix}/`))
    ) {
      return null;
    }
    return { kernel, name: PathExt.basename(session.path), own: false };
  }

  private async _own(prefix: string): Promise<IChosen> {
    const path = PathExt.join(prefix, this._home.file);
    const { name } = this._home;
    const known = this._started.get(path)?.kernel ?? null;
    if (known !== null && isAlive(known)) {
      return { kernel: known, name, own: true };
    }
    const spec = this._pythonSpec();
    if (spec === null) {
      throw new ApiError(
        this._trans.__('Jupyter knows no Python kernel, so nothing can run.'),
        this._trans.__(
          'Run “pip install ipykernel” in a terminal, restart Jupyter and press Run again.'
        ),
        'no_kernel',
        0
      );
    }
    try {
      const session = await this._connect(path, spec);
      this._started.set(path, session);
      if (session.kernel !== null) {
        return { kernel: session.kernel, name, own: true };
      }
    } catch (thrown) {
      console.warn(`Kernel of ${name}:`, thrown);
    }
    throw new ApiError(
      this._trans.__('The Jupyter server could not start a kernel.'),
      this._trans.__('Check that it is still running, then press Run again.'),
      'no_kernel',
      0
    );
  }

  /** The session of an earlier page load goes on; one whose kernel died is replaced. */
  private async _connect(
    path: string,
    kernel: string
  ): Promise<Session.ISessionConnection> {
    const { sessions } = this._services;
    const model = await sessions.findByPath(path);
    if (model !== undefined) {
      if (model.kernel !== null && model.kernel.execution_state !== 'dead') {
        return sessions.connectTo({ model });
      }
      await sessions.shutdown(model.id);
    }
    return sessions.startNew({
      path,
      name: this._home.title,
      type: 'console',
      kernel: { name: kernel }
    });
  }

  private _isPython(name: string): boolean {
    const specs = this._services.kernelspecs.specs?.kernelspecs;
    return specs?.[name]?.language.toLowerCase() === 'python';
  }

  private _pythonSpec(): string | null {
    const specs = this._services.kernelspecs.specs;
    const names = Object.keys(specs?.kernelspecs ?? {});
    const preferred = specs?.default ?? '';
    return [preferred, ...names].find(name => this._isPython(name)) ?? null;
  }

  private readonly _started = new Map<string, Session.ISessionConnection>();
}

/** A kernel that can be asked to run something now or soon. */
export function isAlive(kernel: Kernel.IKernelConnection): boolean {
  return !kernel.isDisposed && kernel.status !== 'dead';
}
