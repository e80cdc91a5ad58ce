/** Offers the REST clients to the other features. Nothing is requested here. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { IApi, ITutorApi } from '../tokens';
import { Api } from './client';
import { TutorApi } from './tutor-client';

const api: JupyterFrontEndPlugin<IApi> = {
  id: 'nanochat-learn:api',
  description: 'The REST client of nanochat-learn.',
  autoStart: true,
  provides: IApi,
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, translator: ITranslator | null): IApi =>
    new Api(
      (translator ?? nullTranslator).load('nanochat_learn'),
      app.serviceManager.serverSettings
    )
};

const tutorApi: JupyterFrontEndPlugin<ITutorApi> = {
  id: 'nanochat-learn:tutor-api',
  description: 'The REST client of search and tutor.',
  autoStart: true,
  provides: ITutorApi,
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, translator: ITranslator | null): ITutorApi =>
    new TutorApi(
      (translator ?? nullTranslator).load('nanochat_learn'),
      app.serviceManager.serverSettings
    )
};

export default [api, tutorApi];
