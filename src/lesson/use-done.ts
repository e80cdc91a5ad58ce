/** What was done with an item of a lesson, as React sees it; and how to do more. */
import * as React from 'react';

import type { Evidence, LessonId } from '../api/types.gen';
import { useField } from '../parts/use-field';
import { doneWith } from '../state/answers';
import type { Deed } from '../tokens';
import type { IFormProps } from './services';

/** Oldest first, since the lesson was last begun anew. */
export function useDone(
  { learned, document }: IFormProps,
  { lesson, item }: { readonly lesson: LessonId; readonly item: string },
  kind: Evidence['kind']
): readonly Evidence[] {
  const all = useField(learned.evidence(document));
  return React.useMemo(
    () => doneWith(all, lesson, item, kind),
    [all, lesson, item, kind]
  );
}

export function give(
  { learned, document }: IFormProps,
  { lesson, item }: { readonly lesson: LessonId; readonly item: string },
  deed: Omit<Deed, 'lesson' | 'item'>
): void {
  void learned.give(document, { lesson, item, ...deed });
}
