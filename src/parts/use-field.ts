/** A session field as React sees it: rendered anew when it changes, let go when unmounted. */
import * as React from 'react';

import type { IField } from '../tokens';

export function useField<T>(field: IField<T>): T {
  const subscribe = React.useCallback(
    (heard: () => void) => {
      field.changed.connect(heard);
      return () => {
        field.changed.disconnect(heard);
      };
    },
    [field]
  );
  return React.useSyncExternalStore(subscribe, () => field.value);
}
