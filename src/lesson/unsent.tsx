/** Below an answer that has not reached the server. */
import * as React from 'react';

import type { LessonId } from '../api/types.gen';
import { UnsentNote } from '../parts/unsent-note';
import { useField } from '../parts/use-field';
import type { IFormProps } from './services';

export function Unsent(
  props: IFormProps & { readonly lesson: LessonId; readonly item: string }
): JSX.Element {
  const { learned, document, lesson, item, trans } = props;
  const unsent = useField(learned.unsent);
  const all = useField(learned.evidence(document));
  const mine =
    unsent !== null &&
    all.some(
      evidence =>
        evidence.lesson === lesson &&
        evidence.item === item &&
        unsent.ids.has(evidence.id)
    );
  return (
    <div role="status">
      {mine && <UnsentNote unsent={unsent} learned={learned} trans={trans} />}
    </div>
  );
}
