/** What the bodies of the dialogs are made of. */
import * as React from 'react';

import { ApiError } from '../../api/failure';

/** What is asked of the server from a dialog: one after the other, a failure as a sentence. */
export interface IDoing {
  readonly busy: boolean;
  readonly failed: ApiError | null;
  readonly run: (work: () => Promise<void>) => void;
}

export function useDoing(): IDoing {
  const [busy, setBusy] = React.useState(false);
  const last = React.useRef(Promise.resolve());
  const [failed, setFailed] = React.useState<ApiError | null>(null);
  return {
    busy,
    failed,
    run: work => {
      setBusy(true);
      const done = last.current
        .then(() => {
          setFailed(null);
          return work();
        })
        .catch((thrown: unknown) => setFailed(ApiError.from(thrown)))
        .finally(() => {
          if (last.current === done) {
            setBusy(false);
          }
        });
      last.current = done;
    }
  };
}

export function Failed({ error }: { error: ApiError | null }): JSX.Element {
  return (
    <div role="alert">
      {error !== null && (
        <p className="jp-NanochatLearn-formFailed">
          <strong>{error.sentence}</strong> {error.hint}
        </p>
      )}
    </div>
  );
}

export function Do(props: {
  label: string;
  first?: boolean;
  disabled?: boolean;
  click: () => void;
}): JSX.Element {
  return (
    <button
      type="button"
      className={`jp-NanochatLearn-do${props.first ? ' jp-mod-first' : ''}`}
      disabled={props.disabled}
      onClick={props.click}
    >
      {props.label}
    </button>
  );
}
