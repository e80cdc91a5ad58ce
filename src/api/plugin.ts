/** Offers the REST clients to the other features. Nothing is requested here. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { IApi, ILearnerApi, ITraceApi, ITutorApi } from '../tokens';
import { Api } from './client';
import { LearnerApi } from './learner-client';
import { TraceApi } from './trace-client';
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

const traceApi: JupyterFrontEndPlugin<ITraceApi> = {
  id: 'nanochat-learn:trace-api',
  description: 'The REST client of traces.',
  autoStart: true,
  provides: ITraceApi,
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, translator: ITranslator | null) =>
    new TraceApi(
      (translator ?? nullTranslator).load('nanochat_learn'),
      app.serviceManager.serverSettings
    )
};

const learnerApi: JupyterFrontEndPlugin<ILearnerApi> = {
  id: 'nanochat-learn:learner-api',
  description: 'The REST client of evidence and progress.',
  autoStart: true,
  provides: ILearnerApi,
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, translator: ITranslator | null) =>
    new LearnerApi(
      (translator ?? nullTranslator).load('nanochat_learn'),
      app.serviceManager.serverSettings
    )
};

export default [api, tutorApi, traceApi, learnerApi];
