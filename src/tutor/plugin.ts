/** Wires the tutor panel: its place, its commands, what it remembers. */
import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IThemeManager } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import type { NodeId } from '../api/types.gen';
import { Field } from '../state/field';
import { CommandIds, ISession, ITraceApi, ITutorApi } from '../tokens';
import type { Consent, IAbout } from './box/kinds';
import { Circumstances } from './circumstances';
import { CAREFUL, rememberConsent } from './consent';
import { askIcon } from '../parts/ask-icon';
import { Memory } from './memory';
import { TutorPanel } from './panel';
import { addDialogCommands } from './dialogs/commands';
import type { IServices } from './services';

const ID = 'nanochat-learn-tutor';

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'nanochat-learn:tutor',
  description: 'Ask the code: answers that point at lines and notes.',
  autoStart: true,
  requires: [ITutorApi, ITraceApi, ISession, IRenderMimeRegistry],
  optional: [
    INotebookTracker,
    ILayoutRestorer,
    ISettingRegistry,
    IThemeManager,
    ITranslator
  ],
  activate
};

export default plugin;

function activate(
  app: JupyterFrontEnd,
  api: ITutorApi,
  traces: ITraceApi,
  session: ISession,
  rendermime: IRenderMimeRegistry,
  notebooks: INotebookTracker | null,
  restorer: ILayoutRestorer | null,
  settings: ISettingRegistry | null,
  themes: IThemeManager | null,
  translator: ITranslator | null
): void {
  const { commands, shell } = app;
  const trans = (translator ?? nullTranslator).load('nanochat_learn');
  const circumstances = new Circumstances(api, session);
  const services: IServices = {
    api,
    traces,
    session,
    circumstances,
    commands,
    trans
  };
  const consent = new Field<Consent>(CAREFUL);
  const about = new Field<IAbout | null>(null);
  const panel = new TutorPanel({
    ...services,
    load: async () => {
      const { openRoom } = await import('./open-room');
      const { baseUrl } = app.serviceManager.serverSettings;
      const memory = new Memory(new URL(baseUrl).pathname, localStorage);
      return openRoom({
        ...services,
        app,
        rendermime,
        notebooks,
        themes,
        memory,
        consent,
        about
      });
    }
  });
  panel.id = ID;
  panel.title.icon = askIcon;
  panel.title.caption = trans.__('Ask the code');
  shell.add(panel, 'right', { rank: 585, type: 'Learn nanochat' });
  restorer?.add(panel, ID);

  commands.addCommand(CommandIds.showTutor, {
    label: trans.__('Ask the Code'),
    caption: trans.__('Ask a question about the code, in your own words'),
    icon: askIcon,
    describedBy: { args: { type: 'object', properties: {} } },
    execute: () => shell.activateById(ID)
  });
  commands.addCommand(CommandIds.askAbout, {
    label: trans.__('Ask about This'),
    caption: trans.__('Ask the tutor about what is selected'),
    icon: askIcon,
    describedBy: {
      args: {
        type: 'object',
        properties: {
          about: { type: 'string', description: 'Id of a node' },
          selection: { type: 'string' },
          cell: { type: 'string', description: 'Source of a cell' },
          error: { type: 'string' },
          question: { type: 'string', description: 'Written, not sent' }
        }
      }
    },
    execute: args => {
      about.set(aboutOf(args));
      if (typeof args.question === 'string') {
        panel.write(args.question);
      }
      shell.activateById(ID);
    }
  });
  addDialogCommands(services);
  void settings
    ?.load('nanochat-learn:tutor')
    .then(found => rememberConsent(consent, found))
    .catch((thrown: unknown) => console.warn('Tutor settings:', thrown));
}

function aboutOf(args: ReadonlyPartialJSONObject): IAbout | null {
  const text = (name: string): string =>
    typeof args[name] === 'string' ? args[name] : '';
  const about = text('about');
  const found = {
    about: about === '' ? null : (about as NodeId),
    selection: text('selection'),
    cell: text('cell'),
    error: text('error')
  };
  return Object.values(found).some(value => value !== null && value !== '')
    ? found
    : null;
}
