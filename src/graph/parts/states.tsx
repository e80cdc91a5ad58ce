/** What stands in the panel instead of a map or above it. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { Sentence } from '../../parts/sentence';
import type { IWaitingWords } from '../../parts/waiting';
import type { IIndexRun } from '../../tokens';
import { graphIcon } from '../icon';

/** What the panel says of itself before there is a map. */
export function waitingWords(trans: TranslationBundle): IWaitingWords {
  return {
    loading: trans.__('Loading the graph…'),
    reading: trans.__('The map is being made.'),
    notIndexed: name => trans.__('There is no map of “%1” yet.', name),
    indexing: trans.__(
      'Indexing reads the code and the notes and finds how they hang together. It takes a few seconds, and nothing leaves your computer.'
    )
  };
}

/** The filter lets nothing through. Lies on the empty map. */
export function NothingShown({
  trans,
  showAll
}: {
  trans: TranslationBundle;
  showAll: () => void;
}): JSX.Element {
  return (
    <div className="jp-NanochatLearn-nothing">
      <Sentence
        icon={graphIcon}
        text={trans.__('Nothing is shown: the Key hides everything.')}
        offers={[{ label: trans.__('Reset the Key'), click: showAll }]}
      />
    </div>
  );
}

/** An index run under way; stands above whatever else there is to see. */
export function IndexBar({
  run: { done, total, filePath, stop },
  trans
}: {
  run: IIndexRun;
  trans: TranslationBundle;
}): JSX.Element {
  const words =
    total === 0
      ? trans.__('Looking for code and notes…')
      : trans.__('Reading %1 of %2', done, total);
  return (
    <div className="jp-NanochatLearn-indexing">
      <div className="jp-NanochatLearn-indexingWords">
        <span role="status">{words}</span>
        <button
          type="button"
          className="jp-NanochatLearn-tool"
          onClick={() => stop()}
        >
          {trans.__('Stop')}
        </button>
      </div>
      <progress
        aria-label={trans.__('Indexing')}
        {...(total === 0 ? {} : { value: done, max: total })}
      />
      <div className="jp-NanochatLearn-indexingFile" title={filePath}>
        {filePath}
      </div>
    </div>
  );
}
