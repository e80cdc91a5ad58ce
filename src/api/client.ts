/**
 * The one place that knows the server's URLs. Not a cache and no state: each call
 * is one request, and every failure is an `ApiError` with a sentence.
 */
import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { IApi } from '../tokens';
import { ApiError, isFailure } from './failure';
import { readEvents } from './stream';
import type {
  ConceptId,
  ConceptList,
  ConceptPage,
  GapReport,
  Glossary,
  IndexEvent,
  IndexRequest,
  KnowledgeGraph,
  NewestLines,
  NodeId,
  NodeSource,
  PictureId,
  Position,
  Positions,
  PrepareRequest,
  Status
} from './types.gen';

const ROOT = 'nanochat-learn/api';

export interface IRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: IndexRequest | PrepareRequest | Positions;
  readonly signal?: AbortSignal;
}

/** The REST client. `document` is a path inside Jupyter's root; '' means the root. */
export class Api implements IApi {
  constructor(
    private readonly _trans: TranslationBundle,
    private readonly _settings: ServerConnection.ISettings = ServerConnection.makeSettings()
  ) {}

  status(document: string): Promise<Status> {
    return this.json<Status>('status', { query: { document } });
  }

  graph(document: string): Promise<KnowledgeGraph> {
    return this.json<KnowledgeGraph>('graph', { query: { document } });
  }

  async savePositions(
    document: string,
    positions: ReadonlyMap<NodeId, Position>
  ): Promise<void> {
    await this.send('positions', {
      method: 'PUT',
      query: { document },
      body: { positions: Object.fromEntries(positions) }
    });
  }

  concepts(document: string): Promise<ConceptList> {
    return this.json<ConceptList>('concepts', { query: { document } });
  }

  concept(document: string, id: ConceptId): Promise<ConceptPage> {
    return this.json<ConceptPage>(`concepts/${encodeURIComponent(id)}`, {
      query: { document }
    });
  }

  source(document: string, id: NodeId): Promise<NodeSource> {
    return this.json<NodeSource>('source', { query: { document, id } });
  }

  glossary(document: string): Promise<Glossary> {
    return this.json<Glossary>('glossary', { query: { document } });
  }

  gaps(document: string): Promise<GapReport> {
    return this.json<GapReport>('gaps', { query: { document } });
  }

  lines(document: string, known: string): Promise<NewestLines> {
    return this.json<NewestLines>('lines', { query: { document, known } });
  }

  async *index(
    document: string,
    confirmed: boolean,
    signal: AbortSignal
  ): AsyncGenerator<IndexEvent, void, undefined> {
    const response = await this.send('index', {
      method: 'POST',
      query: { document },
      body: { kind: 'tree', confirmed },
      signal
    });
    if (response.body === null) {
      throw this._endedEarly();
    }
    try {
      for await (const data of readEvents(response.body)) {
        const event = JSON.parse(data) as IndexEvent;
        yield event;
        if (event.type !== 'progress') {
          return;
        }
      }
    } catch (thrown) {
      throw this._unreadable(thrown, signal, response.status);
    }
    throw this._endedEarly();
  }

  prepareWorkspace(folder: string, lessons: boolean): Promise<Status> {
    return this.json<Status>('workspace', {
      method: 'POST',
      body: { folder, lessons }
    });
  }

  pictureUrl(id: PictureId): string {
    return this._url(`pictures/${encodeURIComponent(id)}.js`, {});
  }

  private _url(path: string, query: Readonly<Record<string, string>>): string {
    const address = URLExt.join(this._settings.baseUrl, ROOT, path);
    const search = new URLSearchParams(query).toString();
    return search === '' ? address : `${address}?${search}`;
  }

  async send(path: string, request: IRequest): Promise<Response> {
    const { method = 'GET', query = {}, body, signal } = request;
    let response: Response;
    try {
      response = await ServerConnection.makeRequest(
        this._url(path, query),
        {
          method,
          cache: 'no-cache',
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          ...(signal === undefined ? {} : { signal })
        },
        this._settings
      );
    } catch {
      throw signal?.aborted ? this._stopped() : this._offline();
    }
    if (!response.ok) {
      throw await this._refused(response);
    }
    return response;
  }

  async json<T>(path: string, request: IRequest = {}): Promise<T> {
    const response = await this.send(path, request);
    try {
      return (await response.json()) as T;
    } catch (thrown) {
      throw this._unreadable(thrown, request.signal, response.status);
    }
  }

  /** Our server explains itself; anything between it and us is told by its status. */
  private async _refused(response: Response): Promise<ApiError> {
    const { status } = response;
    const body: unknown = await response.json().catch(() => null);
    if (isFailure(body)) {
      return ApiError.of(body, status);
    }
    const { _trans: trans } = this;
    switch (status) {
      case 401:
      case 403:
        return new ApiError(
          trans.__('The Jupyter server does not know you any more.'),
          trans.__('Reload this page and log in again.'),
          'forbidden',
          status
        );
      case 404:
        return new ApiError(
          trans.__('The server part of nanochat-learn is not active.'),
          trans.__(
            'Run “nanochat-learn doctor” in a terminal: it names the mend.'
          ),
          'no_server',
          status
        );
      default:
        return new ApiError(
          trans.__('The Jupyter server failed (status %1).', status),
          trans.__('Its log says why. Try again.'),
          'server_failed',
          status
        );
    }
  }

  private _unreadable(
    thrown: unknown,
    signal: AbortSignal | undefined,
    status: number
  ): ApiError {
    if (thrown instanceof ApiError) {
      return thrown;
    }
    if (signal?.aborted) {
      return this._stopped();
    }
    if (!(thrown instanceof SyntaxError)) {
      return this._offline();
    }
    return new ApiError(
      this._trans.__('The server answered with something that cannot be read.'),
      this._trans.__('Reload this page; a proxy or a login page may answer.'),
      'unreadable',
      status
    );
  }

  private _offline(): ApiError {
    return new ApiError(
      this._trans.__('The Jupyter server does not answer.'),
      this._trans.__('Check that it is still running, then try again.'),
      'offline',
      0
    );
  }

  private _stopped(): ApiError {
    return new ApiError(this._trans.__('Stopped.'), '', 'stopped', 0);
  }

  private _endedEarly(): ApiError {
    return new ApiError(
      this._trans.__('The server stopped answering before it was done.'),
      this._trans.__('What was indexed before is still there. Try again.'),
      'ended_early',
      0
    );
  }
}
