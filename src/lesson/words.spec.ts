import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { afterEach, expect, it } from 'vitest';

import type { ConceptId, GlossaryTerm } from '../api/types.gen';
import { CommandIds } from '../tokens';
import { explainWords } from './words';

const TERMS: GlossaryTerm[] = [
  {
    term: 'token',
    forms: ['tokens'],
    meaning: 'A piece of text.',
    concept: 'tokenization.bpe' as ConceptId
  },
  { term: 'cell', forms: [], meaning: 'A box with lines.', concept: null }
];

afterEach(() => document.body.replaceChildren());

const soon = (): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, 60));

function lesson() {
  const opened: unknown[] = [];
  const commands = new CommandRegistry();
  commands.addCommand(CommandIds.openConcept, {
    execute: args => void opened.push(args.id)
  });
  const node = document.createElement('div');
  document.body.append(node);
  const leaving = new AbortController();
  const trans = nullTranslator.load('');
  explainWords(node, { terms: TERMS, commands, trans }, leaving.signal);
  const cell = document.createElement('div');
  cell.className = 'jp-MarkdownCell';
  const text = document.createElement('div');
  text.className = 'jp-RenderedMarkdown';
  cell.append(text);
  node.append(cell);
  const words = (): HTMLElement[] => [
    ...node.querySelectorAll<HTMLElement>('.jp-NanochatLearn-term')
  ];
  return { node, text, words, opened, leaving };
}

it('words of a rendered cell say what they mean, also when it is rendered anew', async () => {
  const { node, text, words, opened } = lesson();
  text.innerHTML =
    '<h2>Tokens</h2><p>A token in a <code>cell</code>, a cell.</p>';
  await soon();
  expect(words().map(word => word.textContent)).toEqual(['token', 'cell']);
  words()[0].focus();
  const tooltip = node.querySelector<HTMLElement>('[role="tooltip"]');
  expect(tooltip?.hidden).toBe(false);
  expect(tooltip?.textContent).toContain('A piece of text.');
  let reached = 0;
  node.addEventListener('keydown', () => reached++);
  words()[0].dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })
  );
  words()[1].click();
  expect(opened).toEqual(['tokenization.bpe']);
  expect(reached).toBe(0); // Enter would have opened the cell's source
  await soon();
  expect(words()).toHaveLength(2); // what we changed ourselves is not marked again
  text.innerHTML = '<p>Two tokens.</p>';
  await soon();
  expect(words().map(word => word.textContent)).toEqual(['tokens']);
});

it('nothing is marked when the notebook has gone', async () => {
  const { text, words, leaving, node } = lesson();
  leaving.abort();
  text.innerHTML = '<p>A token.</p>';
  await soon();
  expect(words()).toEqual([]);
  expect(node.querySelector('[role="tooltip"]')).toBeNull();
});
