/**
 * What happens when a tag is opened, and what its tooltip says. Opens nothing
 * itself: it runs the commands of the other features.
 */
import type { TranslationBundle } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Menu } from '@lumino/widgets';

import { loadedGraph } from '../state/graph';
import { tellInfo, tellWarning } from '../state/telling';
import { CommandIds, type ISession } from '../tokens';
import { explain, type IExplanation, nodeIdOf } from './explaining';
import { describeMalformed, glyphOf } from './signs';
import type { Tag } from './tags';
import type { IAsking, Way } from './tooltip';

const ON_MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/** Follows tags. */
export class TagOpener {
  constructor(
    private readonly _commands: CommandRegistry,
    private readonly _session: ISession,
    private readonly _trans: TranslationBundle
  ) {}

  open(tag: Tag): void {
    switch (tag.kind) {
      case 'learn':
      case 'def':
        this._run(CommandIds.openConcept, tag.target);
        break;
      case 'viz':
        this._run(CommandIds.openNode, `viz:${tag.target}`);
        break;
      case 'todo':
        tellInfo(
          this._trans.__(
            'Somebody asked for an explanation here (%1). It is not written yet; the gap report lists it.',
            tag.target
          )
        );
        break;
      case 'malformed':
        tellWarning(describeMalformed(tag.intent, this._trans));
        break;
      default:
        tag satisfies never;
    }
  }

  /** One tag opens; of several the learner chooses one. */
  choose(
    tags: readonly Tag[],
    at: { readonly clientX: number; readonly clientY: number }
  ): void {
    const [first] = tags;
    if (tags.length === 1 && first !== undefined) {
      this.open(first);
      return;
    }
    const choices = new CommandRegistry();
    const menu = new Menu({ commands: choices });
    tags.forEach((tag, n) => {
      const command = `tag-${n}`;
      choices.addCommand(command, {
        label: `${glyphOf(tag.kind)} ${explain(tag, this._session.graph.value, this._trans).title}`,
        describedBy: { args: { type: 'object', properties: {} } },
        execute: () => this.open(tag)
      });
      menu.addItem({ command });
    });
    // The menu closes before its command runs, so it may go one turn later.
    menu.aboutToClose.connect(() => setTimeout(() => menu.dispose(), 0));
    menu.open(at.clientX, at.clientY);
  }

  /** What a tooltip says of tags; asks for the graph on the first time. */
  readonly explain = async (
    tags: readonly Tag[]
  ): Promise<readonly IExplanation[]> => {
    if (tags.some(tag => nodeIdOf(tag) !== null)) {
      await loadedGraph(this._session);
    }
    const graph = this._session.graph.value;
    return tags.map(tag => explain(tag, graph, this._trans));
  };

  /** The tutor is asked about the first tag that names something. */
  readonly asking = (tags: readonly Tag[]): IAsking | null => {
    const about = tags.map(nodeIdOf).find(id => id !== null);
    return about === undefined
      ? null
      : {
          label: this._trans.__('Ask about this'),
          ask: () => void this._commands.execute(CommandIds.askAbout, { about })
        };
  };

  /** How a tooltip says to go on. */
  readonly next = (tags: readonly Tag[], way: Way): string => {
    if (tags.every(tag => nodeIdOf(tag) === null)) {
      return '';
    }
    switch (way) {
      case 'marker':
        return this._trans.__('Click the mark to open it.');
      case 'text':
        return this._trans.__(
          '%1 + click opens it, or Enter inside the tag.',
          ON_MAC ? '⌘' : this._trans.__('Ctrl')
        );
      case 'keys':
        return this._shortcut === ''
          ? ''
          : this._trans.__('%1 opens it.', this._shortcut);
      default:
        return way satisfies never;
    }
  };

  /** As the learner set it; '' when they took it away. */
  private get _shortcut(): string {
    const keys = this._commands.keyBindings.find(
      ({ command }) => command === CommandIds.openTag
    )?.keys;
    return keys === undefined
      ? ''
      : keys.map(CommandRegistry.formatKeystroke).join(' ');
  }

  private _run(command: string, id: string): void {
    void this._commands.execute(command, { id });
  }
}
