/** How far an arrangement by forces is, and how to have enough of it. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

export function ArrangingBar({
  share,
  stop,
  trans,
  bottom
}: {
  /** 0…1. */
  readonly share: number;
  readonly stop: () => void;
  readonly trans: TranslationBundle;
  readonly bottom: number;
}): JSX.Element {
  return (
    <div className="jp-NanochatLearn-arranging" style={{ bottom }}>
      <span role="status">{trans.__('Arranging…')}</span>
      <progress aria-label={trans.__('Arranging the map')} value={share} />
      <button
        type="button"
        className="jp-NanochatLearn-tool"
        title={trans.__('Stop arranging; all stay where they are now')}
        onClick={stop}
      >
        {trans.__('Stop')}
      </button>
    </div>
  );
}
