import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { afterEach, describe, expect, it } from 'vitest';

import type { KnowledgeGraph, NodeId } from '../api/types.gen';
import { Field } from '../state/field';
import { CommandIds, type IApi, type ISession, type Loaded } from '../tokens';
import { NodeOpener } from './nodes';
import type { CodeOpener } from './opening';

const GRAPH = {
  kind: 'ready',
  value: {
    elements: {
      nodes: [
        {
          data: {
            id: 'a.py:f',
            type: 'function',
            file_path: 'a.py',
            line: 2,
            end_line: 4,
            cell: null
          }
        },
        {
          data: {
            id: 'lesson:07_bpe',
            type: 'lesson',
            file_path: 'lessons/07_bpe.ipynb'
          }
        }
      ],
      edges: [
        {
          data: { source: 'viz:dials', target: 'a.py:f', type: 'visualizes' }
        },
        {
          data: {
            source: 'viz:dials',
            target: 'concept:attention.rope',
            type: 'visualizes'
          }
        }
      ]
    }
  } as unknown as KnowledgeGraph
} as const;

function setUp(graph: Loaded<KnowledgeGraph>) {
  const did: string[] = [];
  const commands = new CommandRegistry();
  commands.addCommand(CommandIds.openConcept, {
    execute: args => void did.push(`concept ${String(args.id)}`)
  });
  const session = {
    document: new Field('d'),
    graph: new Field(graph),
    refresh: () => Promise.resolve()
  } as unknown as ISession;
  const api = {
    source: (document: string, id: NodeId) => {
      did.push(`source ${document} ${id}`);
      const place = { file_path: 'b.py', line: 7, end_line: 9, cell: null };
      return Promise.resolve(place);
    }
  } as unknown as IApi;
  const code = {
    openFile: (path: string) => Promise.resolve(void did.push(`file ${path}`)),
    openPlace: (place: { filePath: string; line: number; endLine: number }) =>
      Promise.resolve(
        void did.push(`${place.filePath}:${place.line}-${place.endLine}`)
      )
  } as unknown as CodeOpener;
  const trans = nullTranslator.load('nanochat_learn');
  return { opener: new NodeOpener(commands, api, session, code, trans), did };
}

const told = (): string =>
  Notification.manager.notifications.map(({ message }) => message).join();

afterEach(() => Notification.manager.dismiss());

describe('opening a node', () => {
  it.each([
    ['a.py:f', 'a.py:2-4'],
    ['b.py:g', 'source d b.py:g,b.py:7-9'],
    ['concept:attention.rope', 'concept attention.rope'],
    ['viz:dials', 'concept attention.rope'],
    ['lesson:07_bpe', 'file lessons/07_bpe.ipynb']
  ])('%s leads to %s', async (id, expected) => {
    const { opener, did } = setUp(GRAPH);
    await opener.open(id as NodeId);
    expect(did.join()).toBe(expected);
  });

  it('works before any graph is there', async () => {
    const { opener, did } = setUp({ kind: 'nothing' });
    await opener.open('a.py:f' as NodeId);
    await opener.open('lesson:00_start_here' as NodeId);
    expect(did).toEqual([
      'source d a.py:f',
      'b.py:7-9',
      'file lessons/00_start_here.ipynb'
    ]);
  });

  it.each([
    ['external:torch.nn.Linear', 'torch.nn.Linear'],
    ['viz:causal_mask', 'causal_mask']
  ])('%s is told in a sentence', async (id, words) => {
    const { opener, did } = setUp(GRAPH);
    await opener.open(id as NodeId);
    expect(did).toEqual([]);
    expect(told()).toContain(words);
  });
});
