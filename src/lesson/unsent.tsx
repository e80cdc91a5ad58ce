/** Below an answer that has not reached the server: that it is kept, why, and a way to try again. */
import * as React from 'react';

import type { LessonId } from '../api/types.gen';
import { useField } from '../parts/use-field';
import type { IFormProps } from './services';

export function Unsent(
  props: IFormProps & { readonly lesson: LessonId; readonly item: string }
): JSX.Element {
  const { learned, document, lesson, item, trans } = props;
  const unsent = useField(learned.unsent);
  const all = useField(learned.evidence(document));
  const [busy, setBusy] = React.useState(false);
  const mine =
    unsent !== null &&
    all.some(
      evidence =>
        evidence.lesson === lesson &&
        evidence.item === item &&
        unsent.ids.has(evidence.id)
    );
  const send = async (): Promise<void> => {
    setBusy(true);
    await learned.send();
    setBusy(false);
  };
  return (
    <div role="status">
      {mine && (
        <p className="jp-NanochatLearn-unsent">
          {unsent.sentence} {unsent.hint}{' '}
          {trans.__(
            'Your answer is kept in this browser and is sent as soon as the server takes it.'
          )}{' '}
          <button
            type="button"
            className="jp-NanochatLearn-do"
            disabled={busy}
            onClick={() => void send()}
          >
            {trans.__('Send it now')}
          </button>
        </p>
      )}
    </div>
  );
}
