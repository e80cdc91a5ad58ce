/**
 * What the panels share, and the only place that asks for status and graph.
 *
 * Lazy: nothing is requested before somebody calls `refresh` or `index`; from then
 * on the session follows the active document from workspace to workspace. It knows
 * no widget: the plugin tells it which document is looked at.
 */
import { ApiError } from '../api/failure';
import type { Changed, KnowledgeGraph, NodeId, Status } from '../api/types.gen';
import type {
  IApi,
  IHighlight,
  IIndexRun,
  IPointing,
  ISession,
  Loaded
} from '../tokens';
import { Field } from './field';

const NOTHING = { kind: 'nothing' } as const;
const LOADING = { kind: 'loading' } as const;
/** The signal of a run that nobody stops. */
const NEVER = new AbortController().signal;

/** The selection bus. */
export class Session implements ISession {
  constructor(private readonly _api: IApi) {
    this.document.changed.connect(() => void this._follow());
  }

  readonly document = new Field<string>('');
  readonly status = new Field<Loaded<Status>>(NOTHING);
  readonly graph = new Field<Loaded<KnowledgeGraph>>(NOTHING);
  readonly selection = new Field<NodeId | null>(null);
  readonly highlight = new Field<IHighlight>({ ids: [], reason: '' });
  readonly pointing = new Field<IPointing | null>(null);
  readonly indexing = new Field<IIndexRun | null>(null);

  /** Never rejects: what failed stands in `status` or `graph`. */
  refresh(): Promise<void> {
    this._awake = true;
    if (this.status.value.kind !== 'ready') {
      this.status.set(LOADING);
    }
    return this._load(true);
  }

  /** Rejects with the `ApiError`; a run that was stopped resolves. */
  async index(confirmed = false): Promise<void> {
    if (this.indexing.value !== null) {
      return;
    }
    this._awake = true;
    const stopper = new AbortController();
    const stop = (): void => stopper.abort();
    this.indexing.set({ done: 0, total: 0, filePath: '', stop });
    try {
      await this._run(confirmed, stopper.signal, stop);
    } catch (thrown) {
      if (ApiError.from(thrown).code !== 'stopped') {
        throw thrown;
      }
    } finally {
      this.indexing.set(null);
    }
    await this.refresh();
  }

  /** The server read a workspace anew. What is shown stays until its successor is here. */
  async heard({
    prefix,
    content_hash
  }: Pick<Changed, 'prefix' | 'content_hash'>): Promise<void> {
    const known = this.status.value;
    if (!this._awake || this.indexing.value !== null) {
      return; // Nobody has asked yet, or a run is under way that ends with a refresh.
    }
    if (
      known.kind !== 'ready' ||
      (known.value.workspace?.prefix === prefix &&
        known.value.index?.content_hash !== content_hash)
    ) {
      await this._load(false);
    }
  }

  /**
   * Files may have been edited outside Jupyter, or an event may have been missed: the
   * server looks, which is cheap when nothing changed. Nothing is indexed unasked, and
   * nobody asked to be told: never rejects.
   */
  async lookAgain(): Promise<void> {
    const known = this.status.value;
    if (
      known.kind !== 'ready' ||
      known.value.workspace === null ||
      known.value.index === null ||
      this.indexing.value !== null ||
      this._looking
    ) {
      return;
    }
    const { prefix } = known.value.workspace;
    this._looking = true;
    try {
      const events = this._api.index(this.document.value, true, NEVER);
      for await (const event of events) {
        if (event.type === 'done') {
          const { content_hash } = event.state;
          await this.heard({ prefix, content_hash });
        }
      }
    } catch {
      // The server is away or busy: whoever asks for something next is told so.
    } finally {
      this._looking = false;
    }
  }

  private async _run(
    confirmed: boolean,
    signal: AbortSignal,
    stop: () => void
  ): Promise<void> {
    const events = this._api.index(this.document.value, confirmed, signal);
    for await (const event of events) {
      switch (event.type) {
        case 'progress':
          this.indexing.set({
            done: event.done,
            total: event.total,
            filePath: event.file_path,
            stop
          });
          break;
        case 'done':
          break;
        case 'error':
          throw ApiError.of(event.failure, 200);
        default:
          event satisfies never;
      }
    }
  }

  /** Another document: its workspace may be another one. */
  private async _follow(): Promise<void> {
    if (this._awake) {
      await this._load(false);
    }
  }

  /**
   * Status, then the graph where there is one. `anew` asks for the graph even when
   * neither workspace nor content changed. Of overlapping loads the last one wins,
   * and all of them resolve when it ends.
   */
  private async _load(anew: boolean): Promise<void> {
    const load = this._ask(anew);
    this._latest = load;
    await load;
    if (this._latest !== load) {
      await this._latest;
    }
  }

  private async _ask(anew: boolean): Promise<void> {
    const turn = ++this._turn;
    const document = this.document.value;
    // What an overtaken load was asked to do is still owed.
    this._owed ||= anew;
    const known = this.status.value;
    let status: Status;
    try {
      status = await this._api.status(document);
    } catch (thrown) {
      if (turn === this._turn) {
        this._owed = false;
        const failed = failure(thrown);
        this.status.set(failed);
        this.graph.set(failed);
      }
      return;
    }
    if (turn !== this._turn) {
      return;
    }
    const same =
      sameWorkspace(known, status) &&
      known.value.index?.content_hash === status.index?.content_hash;
    this.status.set({ kind: 'ready', value: status });
    if (status.workspace === null || status.index === null) {
      this._owed = false;
      this.graph.set(NOTHING);
      return;
    }
    if (same && !this._owed && this.graph.value.kind === 'ready') {
      return;
    }
    if (this.graph.value.kind !== 'ready' || !sameWorkspace(known, status)) {
      this.graph.set(LOADING);
    }
    try {
      const value = await this._api.graph(document);
      if (turn === this._turn) {
        this.graph.set({ kind: 'ready', value });
      }
    } catch (thrown) {
      if (turn === this._turn) {
        this.graph.set(failure(thrown));
      }
    }
    if (turn === this._turn) {
      this._owed = false;
    }
  }

  private _awake = false;
  private _looking = false;
  private _owed = false;
  private _turn = 0;
  private _latest: Promise<void> = Promise.resolve();
}

function failure(thrown: unknown): Loaded<never> {
  const { sentence, hint } = ApiError.from(thrown);
  return { kind: 'failed', sentence, hint };
}

function sameWorkspace(
  known: Loaded<Status>,
  status: Status
): known is { kind: 'ready'; value: Status } {
  return (
    known.kind === 'ready' &&
    known.value.workspace?.prefix === status.workspace?.prefix
  );
}
