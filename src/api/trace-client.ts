/** The URLs of traces. Not a cache and no state: each call is one request. */
import type { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ITraceApi, ITraceNumbers } from '../tokens';
import { Requests } from './requests';
import type {
  TraceDifference,
  TraceList,
  TracePage,
  TrainingPage
} from './types.gen';

export class TraceApi implements ITraceApi {
  constructor(trans: TranslationBundle, settings?: ServerConnection.ISettings) {
    this._requests = new Requests(trans, settings);
  }

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

  training(
    document: string,
    name: string,
    first: number,
    parts = false
  ): Promise<TrainingPage> {
    return this._requests.json<TrainingPage>(`${path(name)}/training`, {
      query: {
        document,
        first: String(first),
        ...(parts ? { parts: 'true' } : {})
      }
    });
  }

  async pauseTraining(
    document: string,
    name: string,
    paused: boolean
  ): Promise<void> {
    await this._requests.send(`${path(name)}/training`, {
      method: 'PUT',
      query: { document },
      body: { paused }
    });
  }

  private readonly _requests: Requests;
}

function path(name: string): string {
  return `traces/${encodeURIComponent(name)}`;
}
