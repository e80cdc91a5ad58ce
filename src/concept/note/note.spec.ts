/** The steps that make a rendered note more than text, each on small HTML. */
import { nullTranslator } from '@jupyterlab/translation';
import { afterEach, describe, expect, it } from 'vitest';

import type { ConceptId, GlossaryTerm } from '../../api/types.gen';
import { Field } from '../../state/field';
import { Contents } from './contents';
import { followDepth, mathematicsOf } from './depth';
import { headingsOf } from './headings';
import { Lexicon } from '../../markdown/lexicon';
import { askQuestions } from './questions';
import { markTerms, wordList } from '../../markdown/terms';

const trans = nullTranslator.load('nanochat_learn');

function term(name: string, ...forms: string[]): GlossaryTerm {
  return { term: name, forms, meaning: `What ${name} means.`, concept: null };
}

function note(html: string): HTMLElement {
  const node = document.createElement('div');
  node.className = 'jp-NanochatLearn-note';
  node.innerHTML = html;
  document.body.replaceChildren(node);
  return node;
}

afterEach(() => document.body.replaceChildren());

describe('the lexicon', () => {
  const lexicon = new Lexicon([
    term('product'),
    term('dot product', 'dot products'),
    term('matrix', 'matrices'),
    term('Übung'),
    term('C++ (language)')
  ]);
  const found = (text: string): string[] =>
    lexicon.find(text).map(({ start, end }) => text.slice(start, end));

  it.each([
    ['A matrix, two Matrices.', ['matrix', 'Matrices']],
    ['The dot product is a product.', ['dot product', 'product']],
    ['DOT\n  products', ['DOT\n  products']],
    ['ÜBUNG', ['ÜBUNG']],
    ['the C++ (language) too', ['C++ (language)']],
    ['a matrix’s rows', ['matrix']]
  ])('finds in %j', (text, words) => {
    expect(found(text)).toEqual(words);
  });

  it.each([
    'byproduct products_of production',
    'co-product',
    'product-like',
    'product2',
    'Übungen',
    'let $product$ be',
    ''
  ])('finds nothing in %j', text => {
    expect(found(text)).toEqual([]);
  });

  it('may be empty', () => {
    expect(new Lexicon([]).find('product')).toEqual([]);
  });
});

describe('words of a note', () => {
  const TOKEN = term('token', 'tokens');
  const KEY = { ...term('key'), concept: 'attention.x' as ConceptId };

  function marked(html: string) {
    const node = note(html);
    const terms = markTerms(node, [KEY, TOKEN], () => undefined);
    const words = [...node.querySelectorAll('.jp-NanochatLearn-term')];
    return { node, terms, words };
  }

  it('are marked once per section, in whatever element they stand', () => {
    const html =
      '<p>A token and <em>tokens</em>.</p><h2>The token</h2>' +
      '<p><b>Tokens</b>, token.</p><h3>x</h3><ul><li>token</li></ul>';
    const { node, words } = marked(html);
    expect(words.map(word => word.textContent)).toEqual([
      'token',
      'Tokens',
      'token'
    ]);
    expect(node.textContent).toBe(note(html).textContent);
  });

  it('several in one text, in their order', () => {
    const { node, words } = marked('<p>key, token, key, tokens, end</p>');
    expect(words.map(word => word.textContent)).toEqual(['key', 'token']);
    expect(node.textContent).toBe('key, token, key, tokens, end');
  });

  it.each([
    '<code>token</code>',
    '<pre><code>token = 1</code></pre>',
    '<a href="#">token</a>',
    '<h2>token</h2>',
    '<mjx-container><span>token</span></mjx-container>',
    '<details><summary>token</summary></details>',
    '<section class="jp-NanochatLearn-pictures"><p>token</p></section>'
  ])('are left alone in %s', html => {
    const { words, terms } = marked(html);
    expect(words).toEqual([]);
    expect(terms).toEqual([]);
  });

  it.each([
    '<details><p>token</p></details><p>token</p><p>token</p>',
    '<div class="jp-NanochatLearn-answer" hidden>token</div><p>token token</p>'
  ])('in a fold count for themselves: %s', html => {
    expect(marked(html).words).toHaveLength(2);
  });

  it('are reached by keyboard, and lead somewhere only with a concept', () => {
    const { words } = marked('<p>token key</p>');
    expect(words.map(word => word.getAttribute('tabindex'))).toEqual([
      '0',
      '0'
    ]);
    expect(words.map(word => word.getAttribute('role'))).toEqual([
      'term',
      'link'
    ]);
  });

  it('are listed with their meanings', () => {
    const { terms } = marked('<p>token</p>');
    const list = wordList(terms, trans);
    expect(list.querySelector('summary')?.textContent).toBe(
      'Words on this page (1)'
    );
    expect(list.querySelector('dd')?.textContent).toBe('What token means.');
  });
});

const ASK = '<h2>Check yourself</h2>';
const TWO = '<ol><li>One?</li><li>Two?</li></ol>';
const ANSWERS =
  '<details><summary>Answers</summary><ol><li>1</li><li>2</li></ol></details>';

describe('questions', () => {
  function asked(html: string, guesses = new Map<string, string>()) {
    const node = note(html);
    askQuestions(node, 'a', guesses, trans);
    return { node, guesses, cards: node.querySelectorAll('li > textarea') };
  }

  it('become cards, each with its own answer', () => {
    const { node } = asked(`${ASK}${TWO}${ANSWERS}<h2>On</h2><p>more</p>`);
    const [first, second] = node.querySelectorAll('button');
    expect(node.querySelector('details')).toBeNull();
    second!.click();
    const answers = node.querySelectorAll<HTMLElement>(
      '.jp-NanochatLearn-answer'
    );
    expect([...answers].map(({ hidden }) => hidden)).toEqual([true, false]);
    expect(answers[1]!.textContent).toBe('2');
    expect(second!.getAttribute('aria-expanded')).toBe('true');
    expect(second!.textContent).toBe('Hide the answer');
    expect(first!.textContent).toBe('Show the answer');
    second!.click();
    expect(answers[1]!.hidden).toBe(true);
  });

  it('keep a guess while the panel lives, by page and question', () => {
    const html = `${ASK}${TWO}${ANSWERS}`;
    const { guesses } = asked(html);
    const written = document.querySelectorAll('textarea')[1]!;
    written.value = '(6, 4)';
    written.dispatchEvent(new Event('input'));
    const again = asked(html, guesses);
    const shown = [...again.node.querySelectorAll('textarea')];
    expect(shown.map(({ value }) => value)).toEqual(['', '(6, 4)']);
  });

  it.each([
    ['no questions', `<h2>Other</h2>${TWO}${ANSWERS}`],
    ['no answers', `${ASK}${TWO}`],
    ['fewer answers', `${ASK}<ol><li>One?</li></ol>${ANSWERS}`],
    ['two lists', `${ASK}${TWO}${TWO}${ANSWERS}`],
    ['bullets', `${ASK}<ul><li>One?</li></ul>${ANSWERS}`],
    [
      'more in the fold',
      `${ASK}${TWO}${ANSWERS.replace('<ol>', '<p>Mind:</p><ol>')}`
    ],
    ['answers in the next section', `${ASK}${TWO}<h2>On</h2>${ANSWERS}`]
  ])('of another shape stay as they are: %s', (_, html) => {
    const { node, cards } = asked(html);
    expect(cards).toHaveLength(0);
    expect(node.innerHTML).toBe(note(html).innerHTML);
  });
});

describe('depth', () => {
  const FOLDS =
    '<details id="a"><summary>The full mathematics</summary><p>x</p></details>' +
    '<details id="b"><summary>More</summary><mjx-container></mjx-container></details>' +
    '<details id="c"><summary>History</summary><p>x</p></details>' +
    `${ASK}${TWO}<details id="d"><summary>Answers</summary><mjx-container></mjx-container></details>`;

  it('knows the folds of mathematics; answers and asides are none', () => {
    expect(mathematicsOf(note(FOLDS)).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('opens and folds them all, until the page leaves', () => {
    const node = note(FOLDS);
    const open = new Field(true);
    const leaving = new AbortController();
    followDepth(node, open, leaving.signal);
    const states = (): boolean[] =>
      [...node.querySelectorAll('details')].map(fold => fold.open);
    expect(states()).toEqual([true, true, false, false]);
    open.set(false);
    expect(states()).toEqual([false, false, false, false]);
    leaving.abort();
    open.set(true);
    expect(states()).toEqual([false, false, false, false]);
  });
});

describe('contents', () => {
  const PAGE =
    '<h2>One<a class="jp-InternalAnchorLink">¶</a></h2><h3>Part</h3>' +
    '<details><h2>Folded</h2></details><h2></h2><h2>Two</h2>';

  it('read headings without their signs, empty and folded ones left out', () => {
    const body = note(PAGE);
    const own = document.createElement('h3');
    own.textContent = 'Used in these lines';
    document.body.append(own);
    expect(
      headingsOf(document.body).map(({ title, level }) => [title, level])
    ).toEqual([
      ['One', 1],
      ['Part', 2],
      ['Two', 1],
      ['Used in these lines', 1]
    ]);
    expect(body.isConnected).toBe(true);
  });

  it('go there, close the menu, and walk by arrows', () => {
    const body = note(PAGE);
    const contents = new Contents(
      document.body,
      trans,
      new AbortController().signal
    );
    document.body.prepend(contents.node);
    expect(contents.node.hidden).toBe(true);
    contents.fill(body);
    const [first, second, third] = contents.node.querySelectorAll('button');
    expect(contents.node.hidden).toBe(false);
    first!.focus();
    const press = (key: string): void =>
      void document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true })
      );
    press('ArrowDown');
    expect(document.activeElement).toBe(second);
    press('End');
    expect(document.activeElement).toBe(third);
    const heading = body.querySelector('h3')!;
    heading.scrollIntoView = () => undefined;
    const fold = contents.node.querySelector('details')!;
    fold.open = true;
    second!.click();
    expect(document.activeElement).toBe(heading);
    expect(fold.open).toBe(false);
    fold.open = true;
    third!.focus();
    press('Escape');
    expect(fold.open).toBe(false);
  });

  it('stay away from a page with one heading', () => {
    const contents = new Contents(
      document.body,
      trans,
      new AbortController().signal
    );
    contents.fill(note('<h2>One</h2>'));
    expect(contents.node.hidden).toBe(true);
  });
});
