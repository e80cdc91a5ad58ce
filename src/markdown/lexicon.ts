/** Finds the words of the glossary in plain text: whole words, any form. Pure. */
import type { GlossaryTerm } from '../api/types.gen';

export interface IFound {
  readonly start: number;
  readonly end: number;
  readonly term: GlossaryTerm;
}

/** Part of a word: “key” is none in “key-value”, nor in “monkey”. */
const LETTER = '[\\p{L}\\p{N}_\\-‑]';
/** Mathematics that nobody has typeset. */
const FORMULA = /\$[^$]*\$/g;

/** The glossary, ready for searching. */
export class Lexicon {
  constructor(terms: readonly GlossaryTerm[]) {
    for (const term of terms) {
      for (const form of [term.term, ...term.forms]) {
        this._byForm.set(plain(form), term);
      }
    }
    // Longer forms first: “dot product” is more than “product”.
    const forms = [...this._byForm.keys()].sort((a, b) => b.length - a.length);
    const any = forms.map(form => escaped(form).replace(/ /g, '\\s+'));
    this._search =
      forms.length === 0
        ? null
        : new RegExp(`(?<!${LETTER})(?:${any.join('|')})(?!${LETTER})`, 'giu');
  }

  /** Every word in `text`, from left to right. */
  find(text: string): readonly IFound[] {
    if (this._search === null) {
      return [];
    }
    const words = text.replace(FORMULA, formula => ' '.repeat(formula.length));
    return [...words.matchAll(this._search)].flatMap(match => {
      const term = this._byForm.get(plain(match[0]));
      const start = match.index;
      return term === undefined
        ? []
        : [{ start, end: start + match[0].length, term }];
    });
  }

  private readonly _byForm = new Map<string, GlossaryTerm>();
  private readonly _search: RegExp | null;
}

function plain(form: string): string {
  return form.toLowerCase().split(/\s+/).join(' ');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
