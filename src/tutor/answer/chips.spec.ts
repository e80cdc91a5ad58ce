import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';

import { addressOf } from '../../markdown/links';
import type { Lights } from '../../markdown/lights';
import { CITED } from '../talk/sample';
import { makeChips, markUnsupported } from './chips';
import { plainText } from './plain';

const trans = nullTranslator.load('nanochat_learn');

function host(html: string): HTMLElement {
  const node = document.createElement('div');
  node.innerHTML = html;
  return node;
}

describe('citations', () => {
  it('become buttons that open their node; unknown ones stay text', () => {
    const node = host(
      `<p><a href="${addressOf(CITED.id)}">x</a> <a href="${addressOf('made.up' as never)}">made up</a> <a href="https://example.org/">page</a></p>`
    );
    const opened: string[] = [];
    const lit: string[] = [];
    makeChips(node, {
      citations: [CITED],
      lights: {
        add: (_: HTMLElement, ids: readonly string[]) => lit.push(...ids)
      } as unknown as Lights,
      trans,
      open: id => opened.push(id)
    });
    const [chip] = node.querySelectorAll('button');
    expect(node.querySelectorAll('button')).toHaveLength(1);
    expect(chip?.textContent).toContain('GPT.forward');
    expect(chip?.title).toBe('function in nanochat/gpt.py, line 40');
    chip?.click();
    expect(opened).toEqual([CITED.id]);
    expect(lit).toEqual([CITED.id]);
    expect([...node.querySelectorAll('a')].map(a => a.textContent)).toEqual([
      'page'
    ]);
    expect(node.textContent).toContain('made up');
  });

  it('become label and place where text is copied', () => {
    expect(plainText(`See [[${CITED.id}]].`, [CITED])).toBe(
      'See GPT.forward (nanochat/gpt.py:40).'
    );
  });
});

describe('numbers that nothing supports', () => {
  it('are marked as whole numbers, and not in code blocks', () => {
    const node = host('<p>It has 12 layers, not 112 or 12.5.</p><pre>12</pre>');
    markUnsupported(node, ['12', '(1, 2)'], trans);
    const marks = [...node.querySelectorAll('mark')];
    expect(marks.map(mark => mark.textContent)).toEqual(['12']);
    expect(node.textContent).toBe('It has 12 layers, not 112 or 12.5.12');
    expect(marks[0]?.title).toContain('No record');
  });
});
