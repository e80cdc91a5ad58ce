/** Puts the graph panel on the left side, so that the code stands between it and the concept panel, and offers its commands. Menu and palette: `home/`. */
import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IThemeManager } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import type { NodeId } from '../api/types.gen';
import { CommandIds, IApi, ISession } from '../tokens';
import { graphIcon } from './icon';
import { GraphPanel } from './panel';

const ID = 'nanochat-learn-graph';

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'nanochat-learn:graph',
  description: 'The map of concepts and code.',
  autoStart: true,
  requires: [IApi, ISession],
  optional: [ILayoutRestorer, IThemeManager, ITranslator],
  activate
};

export default plugin;

function activate(
  app: JupyterFrontEnd,
  api: IApi,
  session: ISession,
  restorer: ILayoutRestorer | null,
  themes: IThemeManager | null,
  translator: ITranslator | null
): void {
  const { commands, shell } = app;
  const trans = (translator ?? nullTranslator).load('nanochat_learn');
  const panel = new GraphPanel({ api, session, commands, themes, trans });
  panel.id = ID;
  panel.title.icon = graphIcon;
  panel.title.caption = trans.__('Graph: how concepts and code hang together');
  shell.add(panel, 'left', { rank: 1000, type: 'Learn nanochat' });
  restorer?.add(panel, ID);

  commands.addCommand(CommandIds.showGraph, {
    label: trans.__('Show the Graph'),
    caption: trans.__('The map of concepts and code'),
    icon: graphIcon,
    describedBy: { args: { type: 'object', properties: {} } },
    execute: () => shell.activateById(ID)
  });
  commands.addCommand(CommandIds.focusInGraph, {
    label: trans.__('Show in the Graph'),
    describedBy: {
      args: {
        type: 'object',
        required: ['id'],
        properties: {
          id: {
            type: 'string',
            description: 'A node, for example concept:attention.rope'
          }
        }
      }
    },
    execute: args => {
      shell.activateById(ID);
      panel.reveal(String(args.id) as NodeId);
    }
  });
}
