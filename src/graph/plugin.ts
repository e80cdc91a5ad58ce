/** Puts the graph panel on the left side, so that the code stands between it and the concept panel, and offers its commands. Menu and palette: `home/`. */
import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IThemeManager } from '@jupyterlab/apputils';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import type { NodeId } from '../api/types.gen';
import { askIcon } from '../parts/ask-icon';
import { CommandIds, IApi, ILearned, ISession } from '../tokens';
import { graphIcon } from './icon';
import { type Arranged, keptArrangement, keptByMastery } from './kept-choice';
import { Pins } from './layout/pins';
import { GraphPanel } from './panel';

const ID = 'nanochat-learn-graph';

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'nanochat-learn:graph',
  description: 'The map of concepts and code.',
  autoStart: true,
  requires: [IApi, ISession, ILearned],
  optional: [ILayoutRestorer, IThemeManager, ITranslator, IStateDB],
  activate
};

export default plugin;

function activate(
  app: JupyterFrontEnd,
  api: IApi,
  session: ISession,
  learned: ILearned,
  restorer: ILayoutRestorer | null,
  themes: IThemeManager | null,
  translator: ITranslator | null,
  state: IStateDB | null
): void {
  const { commands, shell } = app;
  const trans = (translator ?? nullTranslator).load('nanochat_learn');
  const pins = new Pins(state);
  const arrangement = keptArrangement(state);
  const byMastery = keptByMastery(state);
  // So that the menu tells it before the map is first seen.
  void app.restored.then(() =>
    Promise.all([arrangement.load(), byMastery.load()])
  );
  const panel = new GraphPanel({
    api,
    session,
    commands,
    themes,
    pins,
    arrangement,
    learned,
    byMastery,
    trans
  });
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

  commands.addCommand(CommandIds.askSelected, {
    label: trans.__('Ask about the Selected Node'),
    caption: trans.__('Ask the tutor about what is selected in the graph'),
    icon: askIcon,
    describedBy: { args: { type: 'object', properties: {} } },
    isEnabled: () => session.selection.value !== null,
    execute: () =>
      commands.execute(CommandIds.askAbout, { about: session.selection.value })
  });
  session.selection.changed.connect(() =>
    commands.notifyCommandChanged(CommandIds.askSelected)
  );
  for (const selector of [
    '.jp-NanochatLearn-mapHost',
    '.jp-NanochatLearn-row[aria-selected="true"]'
  ]) {
    app.contextMenu.addItem({ command: CommandIds.askSelected, selector });
  }

  const node = {
    type: 'string',
    description: 'A node, for example nanochat/gpt.py:GPT.forward'
  };
  commands.addCommand(CommandIds.pathInGraph, {
    label: trans.__('Find a Path in the Graph'),
    caption: trans.__('How two nodes hang together, step by step'),
    describedBy: {
      args: {
        type: 'object',
        properties: { from: node, to: node }
      }
    },
    isEnabled: args => from(args) !== null,
    execute: args => {
      const start = from(args);
      if (start !== null) {
        shell.activateById(ID);
        const to = typeof args.to === 'string' ? (args.to as NodeId) : null;
        panel.ask({ kind: 'path', from: start, to });
      }
    }
  });
  commands.addCommand(CommandIds.saveGraph, {
    label: args =>
      args.format === 'svg'
        ? trans.__('Save the Map as a Drawing (SVG)')
        : trans.__('Save the Map as a Picture (PNG)'),
    describedBy: {
      args: {
        type: 'object',
        properties: { format: { type: 'string', enum: ['png', 'svg'] } }
      }
    },
    execute: args => {
      shell.activateById(ID);
      const format = args.format === 'svg' ? 'svg' : 'png';
      panel.ask({ kind: 'save', format });
    }
  });
  commands.addCommand(CommandIds.tidyGraph, {
    label: trans.__('Tidy Up the Map'),
    caption: trans.__('All places anew; pinned nodes stay'),
    describedBy: { args: { type: 'object', properties: {} } },
    execute: () => {
      shell.activateById(ID);
      panel.ask({ kind: 'tidy' });
    }
  });

  commands.addCommand(CommandIds.showMastery, {
    label: trans.__('Colour the Map by What You Understood'),
    caption: trans.__('Each concept tells by sign and colour how far you are'),
    describedBy: { args: { type: 'object', properties: {} } },
    isToggled: () => byMastery.value,
    execute: async () => {
      await byMastery.load();
      shell.activateById(ID);
      byMastery.set(!byMastery.value);
    }
  });
  byMastery.changed.connect(() =>
    commands.notifyCommandChanged(CommandIds.showMastery)
  );

  commands.addCommand(CommandIds.arrangeGraph, {
    label: args =>
      args.as === 'regions'
        ? trans.__('Arrange the Map in Regions')
        : args.as === 'free'
          ? trans.__('Arrange the Map Freely')
          : trans.__('Free Arrangement of the Map'),
    caption: trans.__(
      'What hangs together pulls together, instead of regions and sheets'
    ),
    describedBy: {
      args: {
        type: 'object',
        properties: { as: { type: 'string', enum: ['regions', 'free'] } }
      }
    },
    isToggled: args =>
      arrangement.value === (args.as === 'regions' ? 'regions' : 'free'),
    execute: async args => {
      await arrangement.load();
      const other: Arranged = arrangement.value === 'free' ? 'regions' : 'free';
      shell.activateById(ID);
      arrangement.set(
        args.as === 'regions' || args.as === 'free' ? args.as : other
      );
    }
  });
  arrangement.changed.connect(() =>
    commands.notifyCommandChanged(CommandIds.arrangeGraph)
  );

  /** The named start of a path, else what is selected. */
  function from(args: ReadonlyPartialJSONObject): NodeId | null {
    return typeof args.from === 'string'
      ? (args.from as NodeId)
      : session.selection.value;
  }
}
