/** The URLs of traces. Not a cache and no state: each call is one request. */
import type { ITraceApi, ITraceNumbers } from '../tokens';
import type { IRequest } from './client';
import type { TraceDifference, TraceList, TracePage } from './types.gen';

/** What of a REST client is needed here: requests below the server's root. */
interface IRequests {
  json<T>(path: string, request?: IRequest): Promise<T>;
  send(path: string, request: IRequest): Promise<Response>;
}

export class TraceApi implements ITraceApi {
  constructor(private readonly _requests: IRequests) {}

  traces(document: string): Promise<TraceList> {
    return this._requests.json<TraceList>('traces', { query: { document } });
  }

  page(document: string, name: string, first: number): Promise<TracePage> {
    return this._requests.json<TracePage>(path(name), {
      query: { document, first: String(first) }
    });
  }

  async numbers(
    document: string,
    name: string,
    step: number,
    tensor: string
  ): Promise<ITraceNumbers> {
    const response = await this._requests.send(`${path(name)}/bytes`, {
      query: { document, step: String(step), name: tensor }
    });
    const shape = response.headers.get('X-Trace-Shape') ?? '';
    return {
      dtype: response.headers.get('X-Trace-Dtype') ?? '',
      shape: shape === '' ? [] : shape.split(',').map(Number),
      computed: response.headers.get('X-Trace-Computed') === 'true',
      data: await response.arrayBuffer()
    };
  }

  difference(
    document: string,
    one: string,
    other: string
  ): Promise<TraceDifference> {
    return this._requests.json<TraceDifference>(`${path(one)}/diff`, {
      query: { document, other }
    });
  }

  async removeTrace(document: string, name: string): Promise<void> {
    await this._requests.send(path(name), {
      method: 'DELETE',
      query: { document }
    });
  }
}

function path(name: string): string {
  return `traces/${encodeURIComponent(name)}`;
}
