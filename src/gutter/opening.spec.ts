import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { afterEach, describe, expect, it } from 'vitest';

import type { KnowledgeGraph } from '../api/types.gen';
import { Field } from '../state/field';
import { CommandIds, type ISession, type Loaded } from '../tokens';
import { TagOpener } from './opening';
import type { Tag } from './tags';

function setUp(graph: Loaded<KnowledgeGraph>) {
  const did: string[] = [];
  const commands = new CommandRegistry();
  for (const id of [CommandIds.openConcept, CommandIds.openNode]) {
    commands.addCommand(id, {
      execute: args => void did.push(`${id} ${String(args.id)}`)
    });
  }
  const session = {
    graph: new Field(graph),
    refresh: () => Promise.resolve(void did.push('refresh'))
  };
  const opener = new TagOpener(
    commands,
    session as unknown as ISession,
    nullTranslator.load('nanochat_learn')
  );
  return { opener, did, commands };
}

const GRAPH = {
  kind: 'ready',
  value: {
    elements: {
      nodes: [
        {
          data: {
            id: 'concept:a.b',
            label: 'A to B',
            docstring: 'It goes.',
            type: 'concept'
          }
        }
      ],
      edges: []
    }
  } as unknown as KnowledgeGraph
} as const;

afterEach(() => Notification.manager.dismiss());

describe('opening a tag', () => {
  it.each<[Tag, string[]]>([
    [{ kind: 'learn', target: 'a.b' }, [`${CommandIds.openConcept} a.b`]],
    [{ kind: 'def', target: 'a.b' }, [`${CommandIds.openConcept} a.b`]],
    [{ kind: 'viz', target: 'dials' }, [`${CommandIds.openNode} viz:dials`]]
  ])('runs the command of %j', (tag, expected) => {
    const { opener, did } = setUp({ kind: 'nothing' });
    opener.open(tag);
    expect(did).toEqual(expected);
  });

  it.each<[Tag, string, string]>([
    [{ kind: 'todo', target: 'why' }, 'info', 'why'],
    [{ kind: 'malformed', intent: '# @learn:x' }, 'warning', '# @learn:x'],
    [{ kind: 'malformed', intent: '' }, 'warning', 'names nothing']
  ])('says a sentence about %j', (tag, type, words) => {
    const { opener, did } = setUp({ kind: 'nothing' });
    opener.open(tag);
    expect(did).toEqual([]);
    const [told] = Notification.manager.notifications;
    expect(told?.type).toBe(type);
    expect(told?.message).toContain(words);
  });
});

describe('a tooltip', () => {
  it('has title and sentence where the graph knows the concept', async () => {
    const { opener } = setUp(GRAPH);
    expect(
      await opener.explain([{ kind: 'learn', target: 'a.b' }])
    ).toMatchObject([{ title: 'A to B', sentence: 'It goes.' }]);
  });

  it('loads the graph only where a node is named', async () => {
    const { opener, did } = setUp({ kind: 'nothing' });
    await opener.explain([{ kind: 'malformed', intent: '' }]);
    await opener.explain([{ kind: 'todo', target: 'why' }]);
    expect(did).toEqual([]);
    const found = await opener.explain([{ kind: 'learn', target: 'x.y' }]);
    expect(found[0]?.title).toBe('x.y');
    expect(did).toEqual(['refresh']);
  });

  it('says how to go on, unless there is nothing to open', () => {
    const { opener, commands } = setUp(GRAPH);
    const tag: Tag = { kind: 'learn', target: 'a.b' };
    expect(opener.next([tag], 'marker')).toContain('Click');
    expect(opener.next([tag], 'text')).toContain('Enter');
    expect(opener.next([tag], 'keys')).toBe('');
    commands.addKeyBinding({
      command: CommandIds.openTag,
      keys: ['Alt Shift O'],
      selector: 'body'
    });
    expect(opener.next([tag], 'keys')).toContain('Alt+Shift+O');
    expect(opener.next([{ kind: 'todo', target: 'why' }], 'marker')).toBe('');
  });
});
