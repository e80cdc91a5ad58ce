/**
 * In a notebook single keys are commands: an arrow would walk the cells while a choice is
 * made. What has controls of its own inside a cell keeps their keys to itself. Whatever has a
 * modifier, Shift + Enter among them, and Escape still reach the notebook.
 */
export function keepKeys(
  event: Pick<
    KeyboardEvent,
    'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'stopPropagation'
  >
): void {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  const modified =
    ctrlKey || metaKey || altKey || (shiftKey && key === 'Enter');
  if (!modified && key !== 'Escape') {
    event.stopPropagation();
  }
}
