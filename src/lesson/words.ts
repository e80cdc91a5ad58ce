/**
 * Words of the glossary in a lesson's rendered Markdown cells: pointed at or reached by Tab they
 * say what they mean, and Enter opens the concept behind them.
 */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import type { GlossaryTerm } from '../api/types.gen';
import { markTerms } from '../markdown/terms';
import { keepKeys } from '../parts/keep-keys';
import { Tooltip } from '../parts/tooltip';
import { CommandIds } from '../tokens';
import { followRendered } from './rendered';

interface IOptions {
  readonly terms: readonly GlossaryTerm[];
  readonly commands: CommandRegistry;
  readonly trans: TranslationBundle;
}

/** Follow a notebook's node: what is rendered in it, now and later, until `signal` aborts. */
export function explainWords(
  node: HTMLElement,
  { terms, commands, trans }: IOptions,
  signal: AbortSignal
): void {
  const tooltip = new Tooltip(node, signal);
  /** What each cell held when its words were marked: a cell that is rendered anew holds more. */
  const done = new WeakMap<Element, Element | null>();
  const mark = (word: HTMLElement, term: GlossaryTerm): void => {
    const { concept, meaning } = term;
    tooltip.attach(word, () => ({
      title: term.term,
      text: meaning,
      remark: concept === null ? '' : trans.__('Enter opens the concept.')
    }));
    if (concept === null) {
      return;
    }
    const open = (): void =>
      void commands.execute(CommandIds.openConcept, { id: concept });
    word.addEventListener('click', open, { signal });
    word.addEventListener(
      'keydown',
      event => {
        if (event.key === 'Enter' && !event.shiftKey) {
          event.preventDefault();
          keepKeys(event);
          open();
        }
      },
      { signal }
    );
  };
  followRendered(
    node,
    cells => {
      for (const cell of cells) {
        const first = cell.firstElementChild;
        if (first !== null && done.get(cell) !== first) {
          done.set(cell, first);
          markTerms(cell, terms, mark);
        }
      }
    },
    signal
  );
}
