/**
 * What happens when a tag is opened, and what its tooltip says. Opens nothing
 * itself: it runs the commands of the other features.
 */
import type { TranslationBundle } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Menu } from '@lumino/widgets';

import type { NodeId } from '../api/types.gen';
import { loadedGraph, nodeOf } from '../state/graph';
import { tellInfo, tellWarning } from '../state/telling';
import { CommandIds, type ISession } from '../tokens';
import { describeMalformed, describeTag, glyphOf } from './signs';
import type { Tag } from './tags';

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
  choose(tags: readonly Tag[], event: MouseEvent): void {
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
        label: `${glyphOf(tag.kind)} ${tag.kind === 'malformed' ? tag.intent : tag.target}`,
        describedBy: { args: { type: 'object', properties: {} } },
        execute: () => this.open(tag)
      });
      menu.addItem({ command });
    });
    // The menu closes before its command runs, so it may go one turn later.
    menu.aboutToClose.connect(() => setTimeout(() => menu.dispose(), 0));
    menu.open(event.clientX, event.clientY);
  }

  /** The lines of a tag's tooltip: title and sentence where the graph knows them. */
  readonly describe = async (tag: Tag): Promise<readonly string[]> => {
    const fallback = [describeTag(tag, this._trans)];
    if (tag.kind === 'malformed' || tag.kind === 'todo') {
      return fallback;
    }
    const graph = await loadedGraph(this._session);
    const type = tag.kind === 'viz' ? 'viz' : 'concept';
    const id = `${type}:${tag.target}` as NodeId;
    const node = graph === null ? null : nodeOf(graph, id);
    return node === null
      ? fallback
      : [node.label, node.docstring].filter(line => line !== '');
  };

  private _run(command: string, id: string): void {
    void this._commands.execute(command, { id });
  }
}
