/** Wires the concept panel: its place, its commands, what it follows and remembers. */
import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IThemeManager, WidgetTracker } from '@jupyterlab/apputils';
import { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';

import type { ConceptId } from '../api/types.gen';
import { Field } from '../state/field';
import { conceptIdOf, conceptNodeId } from '../state/graph';
import { CommandIds, IApi, ISession, ITraced } from '../tokens';
import { conceptIcon } from './icon';
import type { Pages } from './pages';
import { ConceptPanel } from './panel';

const ID = 'nanochat-learn-concept';

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'nanochat-learn:concept',
  description: 'The panel that explains a concept beside the code.',
  autoStart: true,
  requires: [IApi, ISession, IRenderMimeRegistry],
  optional: [
    IEditorLanguageRegistry,
    INotebookTracker,
    ILayoutRestorer,
    ISettingRegistry,
    IThemeManager,
    ITranslator,
    ITraced
  ],
  activate
};

export default plugin;

function activate(
  app: JupyterFrontEnd,
  api: IApi,
  session: ISession,
  rendermime: IRenderMimeRegistry,
  languages: IEditorLanguageRegistry | null,
  notebooks: INotebookTracker | null,
  restorer: ILayoutRestorer | null,
  settings: ISettingRegistry | null,
  themes: IThemeManager | null,
  translator: ITranslator | null,
  traced: ITraced | null
): void {
  const trans = (translator ?? nullTranslator).load('nanochat_learn');
  const run = (command: string, args = {}): void =>
    void app.commands.execute(command, args);

  const mathematics = new Field(false);
  let pages: Pages | null = null;
  const panel = new ConceptPanel({
    api,
    session,
    trans,
    mathematics,
    actions: {
      back: () => run(CommandIds.conceptBack),
      forward: () => run(CommandIds.conceptForward),
      showGraph: () => run(CommandIds.showGraph),
      focusInGraph: id =>
        run(CommandIds.focusInGraph, { id: conceptNodeId(id) }),
      ask: id => run(CommandIds.askAbout, { about: conceptNodeId(id) }),
      prepareWorkspace: () => run(CommandIds.prepareWorkspace),
      indexWorkspace: () => run(CommandIds.indexWorkspace)
    },
    draw: async (host, page, cluster, signal) => {
      const { Pages } = await import('./pages');
      pages ??= new Pages({
        api,
        session,
        commands: app.commands,
        services: app.serviceManager,
        rendermime,
        mathematics,
        languages,
        notebooks,
        themes,
        translator,
        traced
      });
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
  let loaded: ISettingRegistry.ISettings | null = null;
  followSelection(
    panel,
    session,
    () => loaded?.composite.followSelection !== false
  );
  void settings
    ?.load('nanochat-learn:concept')
    .then(found => {
      loaded = found;
      rememberDepth(mathematics, found);
    })
    .catch((thrown: unknown) => console.warn('Concept settings:', thrown));
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
  following: () => boolean
): void {
  session.selection.changed.connect((_, node) => {
    const id = node === null ? null : conceptIdOf(node);
    if (following() && id !== null && panel.isVisible) {
      panel.open(id);
    }
  });
}

/** The switch on top of the panel and the setting are one. */
function rememberDepth(
  mathematics: Field<boolean>,
  settings: ISettingRegistry.ISettings
): void {
  const read = (): void =>
    mathematics.set(settings.composite.mathematics === 'open');
  settings.changed.connect(read);
  read();
  mathematics.changed.connect((_, open) => {
    const wanted = open ? 'open' : 'folded';
    if (settings.composite.mathematics !== wanted) {
      void settings.set('mathematics', wanted);
    }
  });
}
