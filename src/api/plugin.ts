/** Offers the REST clients to the other features. Nothing is requested here. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { IApi, ITraceApi } from '../tokens';
import { Api } from './client';
import { TraceApi } from './trace-client';

function client(app: JupyterFrontEnd, translator: ITranslator | null): Api {
  return new Api(
    (translator ?? nullTranslator).load('nanochat_learn'),
    app.serviceManager.serverSettings
  );
}

const api: JupyterFrontEndPlugin<IApi> = {
  id: 'nanochat-learn:api',
  description: 'The REST client of nanochat-learn.',
  autoStart: true,
  provides: IApi,
  optional: [ITranslator],
  activate: client
};

const traceApi: JupyterFrontEndPlugin<ITraceApi> = {
  id: 'nanochat-learn:trace-api',
  description: 'The REST client of traces.',
  autoStart: true,
  provides: ITraceApi,
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, translator: ITranslator | null) =>
    new TraceApi(client(app, translator))
};

export default [api, traceApi];
