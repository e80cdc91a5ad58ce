/** How much of the height below it an element across the whole width covers; beside it: none. */
import * as React from 'react';

export function useHeight(): [React.RefCallback<HTMLElement>, number] {
  const [height, setHeight] = React.useState(0);
  const observer = React.useRef<ResizeObserver | null>(null);
  const ref = React.useCallback((node: HTMLElement | null) => {
    observer.current?.disconnect();
    if (node !== null) {
      observer.current = new ResizeObserver(() =>
        setHeight(covers(node) ? node.offsetHeight : 0)
      );
      observer.current.observe(node);
    }
  }, []);
  return [ref, height];
}

function covers(node: HTMLElement): boolean {
  return node.offsetWidth > 0.9 * (node.parentElement?.offsetWidth ?? 0);
}
