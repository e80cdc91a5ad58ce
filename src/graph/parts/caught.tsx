/** When a part of the panel could not be loaded or drawn: the sentence, and a way on. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { ApiError } from '../../api/failure';

export function Caught({
  thrown,
  trans
}: {
  thrown: unknown;
  trans: TranslationBundle;
}): JSX.Element {
  return (
    <div className="jp-NanochatLearn-state jp-mod-failed" role="alert">
      <p>{trans.__('The map could not be drawn.')}</p>
      <p>{ApiError.from(thrown).message}</p>
      <p>
        {trans.__('Reload the page. The list shows the same graph in words.')}
      </p>
    </div>
  );
}
