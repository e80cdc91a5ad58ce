/** Offers the REST client to the other features. Nothing is requested here. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { IApi } from '../tokens';
import { Api } from './client';

const plugin: JupyterFrontEndPlugin<IApi> = {
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

export default plugin;
