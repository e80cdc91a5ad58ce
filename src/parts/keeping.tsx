/** A form whose keys stay with it, and whose focus stays in it when a button leaves. */
import * as React from 'react';

import { keepFocus } from './keep-focus';
import { keepKeys } from './keep-keys';

export function Keeping(props: React.PropsWithChildren): JSX.Element {
  const node = React.useRef<HTMLDivElement>(null);
  React.useEffect(
    () => (node.current === null ? undefined : keepFocus(node.current)),
    []
  );
  return (
    <div ref={node} tabIndex={-1} onKeyDown={keepKeys}>
      {props.children}
    </div>
  );
}
