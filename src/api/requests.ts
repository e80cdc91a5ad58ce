/**
 * One request to the server and what can go wrong with it, as sentences. It knows no
 * single route: which URLs there are stands in the clients.
 */
import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import { ApiError, isFailure } from './failure';
import { readEvents } from './stream';

const ROOT = 'nanochat-learn/api';

export interface IRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Instead of a body: sent as it is. */
  readonly text?: string;
  readonly signal?: AbortSignal;
}

/** Requests below the server's root; every failure is an `ApiError`. */
export class Requests {
  constructor(
    private readonly _trans: TranslationBundle,
    private readonly _settings: ServerConnection.ISettings = ServerConnection.makeSettings()
  ) {}

  url(path: string, query: Readonly<Record<string, string>> = {}): string {
    const address = URLExt.join(this._settings.baseUrl, ROOT, path);
    const search = new URLSearchParams(query).toString();
    return search === '' ? address : `${address}?${search}`;
  }

  /** The answer's JSON, as the type that the route's schema promises. */
  async json<T>(path: string, request: IRequest = {}): Promise<T> {
    const response = await this.send(path, request);
    try {
      return (await response.json()) as T;
    } catch (thrown) {
      throw this._unreadable(thrown, request.signal, response.status);
    }
  }

  /**
   * Server-sent events, until one for which `isLast` holds. Leaving the loop cancels the
   * request; a stream that ends before its last event throws.
   */
  async *events<T>(
    path: string,
    request: IRequest,
    isLast: (event: T) => boolean,
    kept: string
  ): AsyncGenerator<T, void, undefined> {
    const response = await this.send(path, request);
    if (response.body === null) {
      throw this._endedEarly(kept);
    }
    try {
      for await (const data of readEvents(response.body)) {
        const event = JSON.parse(data) as T;
        yield event;
        if (isLast(event)) {
          return;
        }
      }
    } catch (thrown) {
      throw this._unreadable(thrown, request.signal, response.status);
    }
    throw this._endedEarly(kept);
  }

  async send(path: string, request: IRequest): Promise<Response> {
    const { method = 'GET', query = {}, body, signal } = request;
    const text =
      request.text ?? (body === undefined ? undefined : JSON.stringify(body));
    let response: Response;
    try {
      response = await ServerConnection.makeRequest(
        this.url(path, query),
        {
          method,
          cache: 'no-cache',
          ...(text === undefined ? {} : { body: text }),
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

  /** `kept`: what of the work is not lost, as a sentence. */
  private _endedEarly(kept: string): ApiError {
    return new ApiError(
      this._trans.__('The server stopped answering before it was done.'),
      this._trans.__('%1 Try again.', kept),
      'ended_early',
      0
    );
  }
}
