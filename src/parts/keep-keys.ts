/**
 * In a notebook single keys are commands: an arrow would walk the cells while a choice is
 * made. What has controls of its own inside a cell keeps their keys to itself. Whatever has a
 * modifier, Shift + Enter among them, still reaches the notebook; Escape leads back to the cell.
 */
export function keepKeys(
  event: Pick<
    KeyboardEvent,
    | 'key'
    | 'ctrlKey'
    | 'metaKey'
    | 'altKey'
    | 'shiftKey'
    | 'target'
    | 'currentTarget'
    | 'defaultPrevented'
    | 'stopPropagation'
  >
): void {
  const { key, ctrlKey, metaKey, altKey, shiftKey, target, currentTarget } =
    event;
  // Words that took the focus of a button that went have no use for a key.
  const words =
    target instanceof Element &&
    target.matches('[tabindex="-1"]:is(p, li, [role="status"])');
  const modified =
    ctrlKey || metaKey || altKey || (shiftKey && key === 'Enter');
  if (key === 'Escape') {
    if (!event.defaultPrevented && currentTarget instanceof Element) {
      currentTarget.closest<HTMLElement>('.jp-Cell')?.focus();
    }
  } else if (!modified && !words) {
    event.stopPropagation();
  }
}
