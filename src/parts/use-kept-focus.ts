/** A keyboard's place is never lost: when what had the focus is gone, its successor takes it. */
import * as React from 'react';

/** `next` is asked only when something inside `root` had the focus and went with it. */
export function useKeptFocus(
  root: React.RefObject<HTMLElement>,
  next: (root: HTMLElement) => HTMLElement | null
): void {
  // Asked before React takes the element away.
  const had = root.current?.contains(document.activeElement) ?? false;
  React.useLayoutEffect(() => {
    const { current } = root;
    if (had && current !== null && !current.contains(document.activeElement)) {
      next(current)?.focus();
    }
  });
}
