/** Answers that have not reached the server: that they are kept, why, and a way to try again. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { ILearned, IUnsent } from '../tokens';

export function UnsentNote(props: {
  readonly unsent: IUnsent;
  readonly learned: ILearned;
  readonly trans: TranslationBundle;
}): JSX.Element {
  const { unsent, learned, trans } = props;
  const [busy, setBusy] = React.useState(false);
  const send = async (): Promise<void> => {
    setBusy(true);
    await learned.send();
    setBusy(false);
  };
  return (
    <p className="jp-NanochatLearn-unsent">
      {unsent.sentence} {unsent.hint}{' '}
      {trans.__(
        'What you answered is kept in this browser and is sent as soon as the server takes it.'
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
  );
}
