/** How high an element is, as it changes. */
import * as React from 'react';

export function useHeight(): [React.RefCallback<HTMLElement>, number] {
  const [height, setHeight] = React.useState(0);
  const observer = React.useRef<ResizeObserver | null>(null);
  const ref = React.useCallback((node: HTMLElement | null) => {
    observer.current?.disconnect();
    if (node !== null) {
      observer.current = new ResizeObserver(() => setHeight(node.offsetHeight));
      observer.current.observe(node);
    }
  }, []);
  return [ref, height];
}
