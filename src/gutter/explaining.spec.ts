import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';

import type { KnowledgeGraph } from '../api/types.gen';
import type { Loaded } from '../tokens';
import { explain, nearest } from './explaining';
import type { Tag } from './tags';

const trans = nullTranslator.load('nanochat_learn');

const nodes = [
  ['concept', 'attention.rope', 'Rotary embedding', 'It turns.', 'written'],
  ['concept', 'foundations.tensors', 'Tensors', 'Tables.', 'defined'],
  ['concept', 'later.moe', 'Experts', '', 'planned'],
  ['viz', 'rope_dials', 'Dials', 'Two dials. They turn.', 'ready'],
  ['viz', 'soon', 'Soon', '', 'planned']
].map(([type, id, label, docstring, state]) => ({
  data: { id: `${type}:${id}`, type, label, docstring, state }
}));

const READY = {
  kind: 'ready',
  value: { elements: { nodes, edges: [] } } as unknown as KnowledgeGraph
} as const;

function said(tag: Tag, graph: Loaded<KnowledgeGraph> = READY): string[] {
  const { title, state, sentence } = explain(tag, graph, trans);
  return [title, state, sentence];
}

describe('a tooltip says of', () => {
  it.each<[string, Tag, string[]]>([
    [
      'a concept with a note',
      { kind: 'learn', target: 'attention.rope' },
      ['Rotary embedding', 'concept with a note', 'It turns.']
    ],
    [
      'a concept defined elsewhere in the code',
      { kind: 'learn', target: 'foundations.tensors' },
      ['Tensors', 'concept defined in the code', 'Tables.']
    ],
    [
      'its definition',
      { kind: 'def', target: 'foundations.tensors' },
      ['Tensors', 'concept defined here', 'Tables.']
    ],
    [
      'a planned concept',
      { kind: 'learn', target: 'later.moe' },
      ['Experts', 'concept, note to come', '']
    ],
    [
      'a picture',
      { kind: 'viz', target: 'rope_dials' },
      ['Dials', 'picture', 'Two dials.']
    ],
    [
      'a planned picture',
      { kind: 'viz', target: 'soon' },
      ['Soon', 'picture to come', '']
    ]
  ])('%s its title, state and first sentence', (_, tag, expected) => {
    expect(said(tag)).toEqual(expected);
  });

  it('an unknown name which one is nearest', () => {
    const [title, state, sentence] = said({
      kind: 'learn',
      target: 'attention.ropes'
    });
    expect([title, state]).toEqual(['attention.ropes', 'unknown']);
    expect(sentence).toContain('“attention.rope”');
    expect(said({ kind: 'viz', target: 'rope_dial' })[2]).toContain(
      '“rope_dials”'
    );
    const far = said({ kind: 'learn', target: 'cookery.soup' })[2];
    expect(far).not.toContain('Did you mean');
    expect(far).toContain('index the workspace');
  });

  it('a todo its words, and a mistyped tag its mend, without any graph', () => {
    const nothing = { kind: 'nothing' } as const;
    expect(said({ kind: 'todo', target: 'why_pairs' }, nothing)).toEqual([
      'Why pairs',
      'explanation to come',
      'Somebody asked for an explanation here. It is not written yet.'
    ]);
    expect(
      said({ kind: 'malformed', intent: '# @learn:a' }, nothing)[2]
    ).toContain('“# @learn:a”');
  });

  it('a concept what to do when the map is missing or failed to come', () => {
    const tag: Tag = { kind: 'learn', target: 'attention.rope' };
    const none = said(tag, { kind: 'nothing' });
    expect(none[0]).toBe('attention.rope');
    expect(none[2]).toContain('Index the Workspace');
    const failed = {
      kind: 'failed',
      sentence: 'Away.',
      hint: 'Wait.'
    } as const;
    expect(said(tag, failed)[2]).toBe('Away. Wait.');
  });
});

describe('the nearest name', () => {
  it('may differ by its namespace alone', () => {
    expect(nearest('model.rope', ['attention.rope', 'a.b'])).toBe(
      'attention.rope'
    );
    expect(nearest('model.rope', ['a.b'])).toBeNull();
    expect(nearest('x', [])).toBeNull();
  });
});
