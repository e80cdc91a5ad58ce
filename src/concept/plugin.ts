/** Wires the concept panel: its place, its commands, what it follows and remembers. */
import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IThemeManager, WidgetTracker } from '@jupyterlab/apputils';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';

import type { ConceptId } from '../api/types.gen';
import { conceptIdOf, conceptNodeId } from '../state/graph';
import { CommandIds, IApi, ISession } from '../tokens';
import { conceptIcon } from './icon';
import type { Pages } from './pages';
import { ConceptPanel } from './panel';

const ID = 'nanochat-learn-concept';

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'nanochat-learn:concept',
  description: 'The panel that explains a concept beside the code.',
  autoStart: true,
  requires: [IApi, ISession, IRenderMimeRegistry],
  optional: [ILayoutRestorer, ISettingRegistry, IThemeManager, ITranslator],
  activate
};

export default plugin;

function activate(
  app: JupyterFrontEnd,
  api: IApi,
  session: ISession,
  rendermime: IRenderMimeRegistry,
  restorer: ILayoutRestorer | null,
  settings: ISettingRegistry | null,
  themes: IThemeManager | null,
  translator: ITranslator | null
): void {
  const trans = (translator ?? nullTranslator).load('nanochat_learn');
  const run = (command: string, args = {}): void =>
    void app.commands.execute(command, args);

  let pages: Pages | null = null;
  const panel = new ConceptPanel({
    api,
    session,
    trans,
    actions: {
      back: () => run(CommandIds.conceptBack),
      forward: () => run(CommandIds.conceptForward),
      showGraph: () => run(CommandIds.showGraph),
      focusInGraph: id =>
        run(CommandIds.focusInGraph, { id: conceptNodeId(id) }),
      prepareWorkspace: () => run(CommandIds.prepareWorkspace),
      indexWorkspace: () => run(CommandIds.indexWorkspace)
    },
    draw: async (host, page, cluster, signal) => {
      const { Pages } = await import('./pages');
      pages ??= new Pages(app.commands, api, rendermime, themes, translator);
      return pages.draw(host, page, cluster, signal);
    }
  });
  panel.id = ID;
  panel.title.icon = conceptIcon;
  panel.title.caption = trans.__('Concept: what the code means');
  panel.node.setAttribute('role', 'region');
  panel.node.setAttribute('aria-label', trans.__('Concept'));
  app.shell.add(panel, 'right', { rank: 590, type: 'Learn nanochat' });

  addCommands(app, panel, session, trans);
  restore(panel, restorer);
  followSelection(panel, session, settings);
}

function addCommands(
  app: JupyterFrontEnd,
  panel: ConceptPanel,
  session: ISession,
  trans: TranslationBundle
): void {
  const { commands } = app;
  commands.addCommand(CommandIds.openConcept, {
    label: trans.__('Open a Concept'),
    describedBy: {
      args: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'string' },
          restore: {
            type: 'boolean',
            description: 'Without bringing the panel to the front'
          }
        }
      }
    },
    execute: args => {
      const id = String(args.id) as ConceptId;
      panel.open(id);
      if (args.restore !== true) {
        session.selection.set(conceptNodeId(id));
        app.shell.activateById(ID);
      }
    }
  });
  const steps = [
    [CommandIds.conceptBack, -1, trans.__('Back to the Concept Before')],
    [CommandIds.conceptForward, 1, trans.__('Forward to the Next Concept')]
  ] as const;
  for (const [command, step, label] of steps) {
    commands.addCommand(command, {
      label,
      describedBy: { args: { type: 'object', properties: {} } },
      isEnabled: () => panel.canStep(step),
      execute: () => {
        panel.step(step);
        if (panel.current !== null) {
          session.selection.set(conceptNodeId(panel.current));
        }
        app.shell.activateById(ID);
      }
    });
  }
  panel.changed.connect(() => {
    steps.forEach(([command]) => commands.notifyCommandChanged(command));
  });
}

/** The panel's place, and the concept that was open in it. */
function restore(panel: ConceptPanel, restorer: ILayoutRestorer | null): void {
  if (restorer === null) {
    return;
  }
  restorer.add(panel, ID);
  const tracker = new WidgetTracker<ConceptPanel>({ namespace: ID });
  void restorer.restore(tracker, {
    command: CommandIds.openConcept,
    args: widget => ({ id: widget.current ?? '', restore: true }),
    name: widget => (widget.current === null ? '' : 'current')
  });
  void tracker.add(panel);
  panel.changed.connect(() => void tracker.save(panel));
}

/** A concept selected elsewhere (the map) is shown, while the panel is in view. */
function followSelection(
  panel: ConceptPanel,
  session: ISession,
  settings: ISettingRegistry | null
): void {
  let following = true;
  void settings
    ?.load('nanochat-learn:concept')
    .then(loaded => {
      const read = (): void => {
        following = loaded.composite.followSelection !== false;
      };
      loaded.changed.connect(read);
      read();
    })
    .catch((thrown: unknown) => console.warn('Concept settings:', thrown));
  session.selection.changed.connect((_, node) => {
    const id = node === null ? null : conceptIdOf(node);
    if (following && id !== null && panel.isVisible) {
      panel.open(id);
    }
  });
}
