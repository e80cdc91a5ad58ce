/** The trail of the session's selection: every node that was selected while the panel lives. */
import * as React from 'react';

import type { NodeId } from '../api/types.gen';
import { useField } from '../parts/use-field';
import type { ISession } from '../tokens';
import type { IGraphModel } from './model/model';
import { type Trail, visited } from './model/trail';

export function useTrail(
  session: ISession,
  model: IGraphModel
): [Trail, () => void] {
  const selection = useField(session.selection);
  const [trail, setTrail] = React.useState<Trail>([]);
  React.useEffect(() => {
    if (selection !== null && model.byId.has(selection)) {
      setTrail(before => visited(before, selection));
    }
  }, [selection, model]);
  const forget = React.useCallback(
    () => setTrail(before => before.filter((id: NodeId) => id === selection)),
    [selection]
  );
  return [trail, forget];
}
