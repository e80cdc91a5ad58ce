/**
 * The two depths of a note: plain words always, the full mathematics in a fold. The
 * learner's choice opens or folds all of them; one fold by itself still opens by a click.
 */
import type { IField } from '../../tokens';
import { blocksBelow, titleOf } from './headings';

/** What a fold of mathematics is called, in the first words of its summary. */
const NAMED = /\bmathematic|\bformula|\bproof|\bderivation/i;
const TYPESET = 'mjx-container, .MathJax';

/** The folds with mathematics in them; answers to questions are none. */
export function mathematicsOf(
  note: HTMLElement
): readonly HTMLDetailsElement[] {
  const answers = new Set(questionBlocks(note));
  return [...note.querySelectorAll('details')].filter(fold => {
    const name = fold.querySelector('summary')?.textContent ?? '';
    const meant = NAMED.test(name) || fold.querySelector(TYPESET) !== null;
    return meant && ![...answers].some(block => block.contains(fold));
  });
}

/** Keep the folds as `open` says, until `signal` aborts. */
export function followDepth(
  note: HTMLElement,
  open: IField<boolean>,
  signal: AbortSignal
): void {
  const folds = mathematicsOf(note);
  const set = (): void => folds.forEach(fold => (fold.open = open.value));
  open.changed.connect(set);
  signal.addEventListener('abort', () => open.changed.disconnect(set));
  set();
}

/** The heading of the questions, or null. */
export function questionsHeading(note: HTMLElement): HTMLElement | null {
  const headings = note.querySelectorAll<HTMLElement>('h1, h2, h3, h4');
  return (
    [...headings].find(node => /^check yourself/i.test(titleOf(node))) ?? null
  );
}

function questionBlocks(note: HTMLElement): readonly Element[] {
  const heading = questionsHeading(note);
  return heading === null ? [] : blocksBelow(heading);
}
