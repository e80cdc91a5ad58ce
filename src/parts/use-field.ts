/** A session field, or any signal, as React sees it: drawn anew when it emits, let go when unmounted. */
import type { ISignal } from '@lumino/signaling';
import * as React from 'react';

import type { IField } from '../tokens';

export function useField<T>(field: IField<T>): T {
  return useSignal(field.changed, () => field.value);
}

/** `read` must return the same value as long as nothing changed. */
export function useSignal<T>(
  signal: ISignal<unknown, unknown>,
  read: () => T
): T {
  const subscribe = React.useCallback(
    (heard: () => void) => {
      signal.connect(heard);
      return () => {
        signal.disconnect(heard);
      };
    },
    [signal]
  );
  return React.useSyncExternalStore(subscribe, read);
}
