/**
 * A button that has done its work leaves the page, and the focus would leave with it: the next
 * key would reach nobody. `node` takes the focus instead, so that Tab goes on from there.
 */
export function keepFocus(node: HTMLElement): () => void {
  let last: Element | null = null;
  const listen = ({ target }: FocusEvent): void => {
    last = target as Element;
  };
  // A button that is taken away sends no focusout that names where the focus goes.
  const forget = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget !== null) {
      last = null;
    }
  };
  const observer = new MutationObserver(() => {
    const left = last !== null && !last.isConnected;
    if (left) {
      last = null;
    }
    if (left && document.activeElement === document.body) {
      node.focus({ preventScroll: true });
    }
  });
  node.addEventListener('focusin', listen);
  node.addEventListener('focusout', forget);
  observer.observe(node, { childList: true, subtree: true });
  return () => {
    node.removeEventListener('focusin', listen);
    node.removeEventListener('focusout', forget);
    observer.disconnect();
  };
}
