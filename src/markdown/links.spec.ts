import { describe, expect, it } from 'vitest';

import type { NodeId } from '../api/types.gen';
import { addressOf, nodeAt, withLinks } from './links';

const ROPE = 'concept:attention.self_attention' as NodeId;
const CODE = 'nanochat/gpt.py:GPT.forward' as NodeId;
const LINKS = {
  'attention.self_attention': ROPE,
  'nanochat/gpt.py:GPT.forward': CODE
};

describe('addresses', () => {
  it.each([
    'concept:attention.rope',
    'nanochat/gpt.py:GPT.__init__',
    'a (copy)/é.py:f',
    "it's [odd].py:*!"
  ])('survive Markdown and come back: %s', id => {
    const address = addressOf(id as NodeId);
    expect(address).toMatch(/^#nanochat-learn:[\w%.~-]+$/);
    expect(nodeAt(address)).toBe(id);
  });

  it('are nobody else’s', () => {
    for (const other of [
      '',
      '#In-this-code',
      'https://x',
      '#nanochat-learn:%'
    ]) {
      expect(nodeAt(other)).toBeNull();
    }
  });
});

describe('withLinks', () => {
  it('links concepts and code', () => {
    expect(
      withLinks(
        'See [[attention.self_attention]] in [[nanochat/gpt.py:GPT.forward]].',
        LINKS
      )
    ).toBe(
      `See [attention.self\\_attention](${addressOf(ROPE)}) in ` +
        `[\`nanochat/gpt.py:GPT.forward\`](${addressOf(CODE)}).`
    );
  });

  it('calls a concept by its title, which is no Markdown', () => {
    const name = () => 'A *new* [name]';
    expect(withLinks('[[attention.self_attention]]', LINKS, name)).toBe(
      `[A \\*new\\* \\[name\\]](${addressOf(ROPE)})`
    );
    expect(withLinks('[[nanochat/gpt.py:GPT.forward]]', LINKS, name)).toContain(
      '`nanochat/gpt.py:GPT.forward`'
    );
  });

  it('shows an unknown target as code, without brackets', () => {
    expect(withLinks('a [[attention.gone]] b', LINKS)).toBe(
      'a `attention.gone` b'
    );
    expect(withLinks('[[constructor]]', LINKS)).toBe('`constructor`');
  });

  it.each([
    'a matrix [[1, 2], [3, 4]]',
    '$x_{[[0]]}$',
    '`[[attention.self_attention]]`',
    '``a ` [[attention.self_attention]]``',
    '```\n[[attention.self_attention]]\n```',
    '~~~python\n[[attention.self_attention]]\n```\n[[attention.self_attention]]\n~~~',
    '````\n```\n[[attention.self_attention]]\n```\n````',
    '```\n[[attention.self_attention]] in a fence that never ends'
  ])('leaves %j alone', markdown => {
    expect(withLinks(markdown, LINKS)).toBe(markdown);
  });

  it('goes on after a fence', () => {
    const linked = withLinks(
      '```\n[[x]]\n```\n[[attention.self_attention]]\n`a`\n[[attention.self_attention]]',
      LINKS
    );
    expect(linked.split(addressOf(ROPE))).toHaveLength(3);
    expect(linked).toContain('```\n[[x]]\n```');
  });

  it('changes nothing but the targets', () => {
    const text = 'One.\r\n\n  * two `code`\n\n| a | b |\n$x < y$\n';
    expect(withLinks(text, LINKS)).toBe(text);
  });
});
