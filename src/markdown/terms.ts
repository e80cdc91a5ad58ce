/**
 * Words of the glossary in rendered text: the first place of each word in every section
 * becomes something to point at. Words in code, links, headings and mathematics stay.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { GlossaryTerm } from '../api/types.gen';
import { element } from './dom';
import { Lexicon } from './lexicon';

const LEFT_ALONE =
  'code, pre, a, h1, h2, h3, h4, h5, h6, summary, button, svg, ' +
  'mjx-container, .MathJax, .jp-NanochatLearn-pictures, ' +
  '.jp-NanochatLearn-livePicture';

const FOLDED = 'details, .jp-NanochatLearn-answer';

/** Calls `mark` for every new element, and returns the words that were found. */
export function markTerms(
  note: HTMLElement,
  terms: readonly GlossaryTerm[],
  mark: (node: HTMLElement, term: GlossaryTerm) => void
): readonly GlossaryTerm[] {
  const lexicon = new Lexicon(terms);
  const found = new Set<GlossaryTerm>();
  const seen = new Map<Element | null, Set<GlossaryTerm>>();
  let section: Element | null = null;
  const walk = document.createTreeWalker(
    note,
    NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT
  );
  const texts: { text: Text; scope: Element | null }[] = [];
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
    if (node instanceof Element) {
      section = /^H[1-6]$/.test(node.tagName) ? node : section;
    } else if (node.parentElement?.closest(LEFT_ALONE) === null) {
      // A fold is a section of its own: a word in it may never be seen.
      const fold = node.parentElement.closest(FOLDED);
      texts.push({ text: node as Text, scope: fold ?? section });
    }
  }
  for (const { text, scope } of texts) {
    const known = seen.get(scope) ?? new Set();
    seen.set(scope, known);
    let rest = text;
    let gone = 0;
    for (const { start, end, term } of lexicon.find(text.data)) {
      if (known.has(term)) {
        continue;
      }
      known.add(term);
      found.add(term);
      const word = rest.splitText(start - gone);
      rest = word.splitText(end - start);
      gone = end;
      const node = element('span', {
        class: 'jp-NanochatLearn-term',
        attributes: {
          tabindex: '0',
          // With a concept behind it Enter opens that; else it only explains itself.
          role: term.concept === null ? 'term' : 'link'
        }
      });
      word.replaceWith(node);
      node.append(word);
      mark(node, term);
    }
  }
  return terms.filter(term => found.has(term));
}

/** All words of the page with their meanings, for reading in one go. */
export function wordList(
  terms: readonly GlossaryTerm[],
  trans: TranslationBundle
): HTMLElement {
  return element(
    'details',
    { class: 'jp-NanochatLearn-wordlist' },
    element('summary', {}, trans.__('Words on this page (%1)', terms.length)),
    element(
      'dl',
      {},
      ...terms.flatMap(({ term, meaning }) => [
        element('dt', {}, term),
        element('dd', {}, meaning)
      ])
    )
  );
}
