/** How far each concept is understood, while the map is coloured by it; null: it is not. */
import * as React from 'react';

import { useField } from '../parts/use-field';
import { type Masteries, masteriesOf } from './model/mastery';
import type { IServices } from './services';

export function useMastery({
  learned,
  byMastery
}: IServices): Masteries | null {
  const on = useField(byMastery);
  const progress = useField(learned.progress);
  React.useEffect(() => {
    if (on) {
      void learned.look(true);
    }
  }, [on]);
  return React.useMemo(
    () => (on ? masteriesOf(progress) : null),
    [on, progress]
  );
}
