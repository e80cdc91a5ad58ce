/**
 * Formulas that are wider than the text around them: each scrolls in a box of its own, which the
 * keyboard reaches. Others stay as they are, and are no stop for Tab.
 */

const FORMULA = 'mjx-container';
const BLOCK = 'p, li, td, th, dd, blockquote, div';
export const WIDE = 'jp-mod-wide';

/** Keep the formulas of `note` inside it, whatever its width, until `signal` aborts. */
export function keepFormulasIn(note: HTMLElement, signal: AbortSignal): void {
  const fit = (): void => {
    const formulas = [...note.querySelectorAll<HTMLElement>(FORMULA)];
    // All are measured before any is changed, or each would be laid out by itself.
    const wide = formulas.map(isWide);
    formulas.forEach((formula, n) => {
      if (wide[n] !== formula.classList.contains(WIDE)) {
        formula.classList.toggle(WIDE, wide[n]);
        if (wide[n]) {
          formula.tabIndex = 0;
        } else {
          formula.removeAttribute('tabindex');
        }
      }
    });
  };
  // It grows, too, when somebody unfolds a part of it.
  const observer = new ResizeObserver(fit);
  observer.observe(note);
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
}

/** A formula that is folded away has no width yet. */
function isWide(formula: HTMLElement): boolean {
  const block = formula.closest<HTMLElement>(BLOCK);
  const inner = formula.firstElementChild;
  if (block === null || inner === null) {
    return false;
  }
  const { paddingLeft, paddingRight } = getComputedStyle(block);
  const room =
    block.clientWidth -
    (parseFloat(paddingLeft) || 0) -
    (parseFloat(paddingRight) || 0);
  return inner.getBoundingClientRect().width > room + 1;
}
