/** Puts the path panel on the left side, below the graph, names its commands, and offers the next step in the launcher. */
import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ILauncher } from '@jupyterlab/launcher';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { CommandIds, IApi, ILearned, ILearnerApi, ISession } from '../tokens';
import { addCommands, nextTitle } from './commands';
import { pathIcon } from './icon';
import { PathPanel } from './panel';

const ID = 'nanochat-learn-path';

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'nanochat-learn:path',
  description: 'Lessons and concepts: where you are and what comes next.',
  autoStart: true,
  requires: [IApi, ILearnerApi, ILearned, ISession],
  optional: [ILayoutRestorer, INotebookTracker, ILauncher, ITranslator],
  activate
};

export default plugin;

function activate(
  app: JupyterFrontEnd,
  server: IApi,
  api: ILearnerApi,
  learned: ILearned,
  session: ISession,
  restorer: ILayoutRestorer | null,
  notebooks: INotebookTracker | null,
  launcher: ILauncher | null,
  translator: ITranslator | null
): void {
  const { commands, shell } = app;
  const trans = (translator ?? nullTranslator).load('nanochat_learn');
  const services = { learned, session, commands, trans };
  const panel = new PathPanel(services);
  panel.id = ID;
  panel.title.icon = pathIcon;
  panel.title.caption = trans.__('Path: where you are and what comes next');
  shell.add(panel, 'left', { rank: 1001, type: 'Learn nanochat' });
  restorer?.add(panel, ID);
  addCommands({
    ...services,
    api,
    notebooks,
    show: () => shell.activateById(ID)
  });
  if (launcher !== null) {
    offer(launcher, learned, trans.__('Learn'));
    void app.restored.then(async () => {
      const here = session.document.value;
      const status = await server.status(here).catch(() => null);
      // Most Jupyter servers have no workspace: there is nothing to ask for.
      if (status?.workspace != null) {
        await learned.look(true);
      }
    });
  }
}

/** A card for the next step, once it is known; its title changes with it. */
function offer(launcher: ILauncher, learned: ILearned, category: string): void {
  let card: ReturnType<ILauncher['add']> | null = null;
  let shown: string | null = null;
  const look = (): void => {
    const title = nextTitle(learned.progress.value);
    if (title !== shown) {
      shown = title;
      card?.dispose();
      card =
        title === null
          ? null
          : launcher.add({ command: CommandIds.goOn, category, rank: 1 });
    }
  };
  learned.progress.changed.connect(look);
}
