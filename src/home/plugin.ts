/** The front door: launcher card, Learn menu, command palette. All of them optional. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { ILauncher } from '@jupyterlab/launcher';
import { IMainMenu } from '@jupyterlab/mainmenu';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { Menu } from '@lumino/widgets';

import { CommandIds, IApi, ISession } from '../tokens';
import { FrontDoor } from './doing';
import { learnIcon } from './icon';

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'nanochat-learn:home',
  description: 'Launcher card, menu and palette of nanochat-learn.',
  autoStart: true,
  requires: [IApi, ISession],
  optional: [ILauncher, IMainMenu, ICommandPalette, ITranslator],
  activate
};

export default plugin;

/** The menu, in groups. What needs arguments is in no list. */
const GROUPS: readonly (readonly string[])[] = [
  [
    CommandIds.start,
    CommandIds.goOn,
    CommandIds.showPath,
    CommandIds.showGraph,
    CommandIds.showTutor,
    CommandIds.showGaps
  ],
  [CommandIds.askHere, CommandIds.askCell, CommandIds.askSelected],
  [
    CommandIds.openTag,
    CommandIds.explainTag,
    CommandIds.nextTag,
    CommandIds.previousTag,
    CommandIds.foldTags
  ],
  [CommandIds.explainShapes, CommandIds.clearShapes, CommandIds.showShapes],
  [
    CommandIds.pathInGraph,
    CommandIds.showMastery,
    CommandIds.arrangeGraph,
    CommandIds.tidyGraph,
    CommandIds.saveGraph
  ],
  [CommandIds.conceptBack, CommandIds.conceptForward],
  [CommandIds.exportProgress, CommandIds.importProgress],
  [CommandIds.indexWorkspace, CommandIds.prepareWorkspace],
  [CommandIds.tutorModel, CommandIds.tutorKey]
];

function activate(
  app: JupyterFrontEnd,
  api: IApi,
  session: ISession,
  launcher: ILauncher | null,
  mainMenu: IMainMenu | null,
  palette: ICommandPalette | null,
  translator: ITranslator | null
): void {
  const trans = (translator ?? nullTranslator).load('nanochat_learn');
  const { commands, serviceManager } = app;
  const door = new FrontDoor(
    commands,
    serviceManager.contents,
    api,
    session,
    trans
  );
  const here = (): string => {
    const status = session.status.value;
    const workspace = status.kind === 'ready' ? status.value.workspace : null;
    return workspace?.prefix ?? PathExt.dirname(session.document.value);
  };

  commands.addCommand(CommandIds.start, {
    label: trans.__('Learn nanochat'),
    caption: trans.__('Open the map of the code and the first lesson'),
    icon: learnIcon,
    describedBy: {
      args: { type: 'object', properties: { cwd: { type: 'string' } } }
    },
    execute: args =>
      door.start(typeof args.cwd === 'string' ? args.cwd : here())
  });

  commands.addCommand(CommandIds.indexWorkspace, {
    label: trans.__('Index the Workspace'),
    caption: trans.__('Read the code and the notes again and redraw the map'),
    describedBy: { args: { type: 'object', properties: {} } },
    isEnabled: () => session.indexing.value === null,
    execute: () => door.index()
  });
  session.indexing.changed.connect(() =>
    commands.notifyCommandChanged(CommandIds.indexWorkspace)
  );

  commands.addCommand(CommandIds.prepareWorkspace, {
    label: trans.__('Prepare a Workspace…'),
    caption: trans.__('Choose a folder and copy the lessons into it'),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          folder: { type: 'string', description: 'Inside Jupyter’s root' },
          lessons: { type: 'boolean' }
        }
      }
    },
    execute: args =>
      typeof args.folder === 'string'
        ? door.prepare(
            { folder: args.folder, lessons: args.lessons !== false },
            false
          )
        : door.prepare(
            { folder: here(), lessons: args.lessons !== false },
            true
          )
  });

  const category = 'nanochat-learn';
  GROUPS.flat().forEach(command => palette?.addItem({ command, category }));
  launcher?.add({
    command: CommandIds.start,
    category: trans.__('Learn'),
    rank: 0
  });
  if (mainMenu !== null) {
    mainMenu.addMenu(learnMenu(commands, trans.__('Learn')), true, {
      rank: 900
    });
  }
}

function learnMenu(commands: JupyterFrontEnd['commands'], title: string): Menu {
  const menu = new Menu({ commands });
  menu.id = 'jp-mainmenu-nanochat-learn';
  menu.title.label = title;
  GROUPS.forEach((group, n) => {
    if (n > 0) {
      menu.addItem({ type: 'separator' });
    }
    group.forEach(command => menu.addItem({ command }));
  });
  return menu;
}
