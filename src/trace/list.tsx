/** All traces of the workspace, newest first; live ones say so. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { TraceSummary } from '../api/types.gen';

interface IRowsProps {
  readonly traces: readonly TraceSummary[];
  /** Sentences about folders that are no trace any more. */
  readonly unreadable: readonly string[];
  readonly open: (name: string) => void;
  readonly remove: (name: string) => Promise<void>;
  readonly refresh: () => void;
  readonly trans: TranslationBundle;
}

export function TraceRows(props: IRowsProps): JSX.Element {
  const { traces, unreadable, open, refresh, trans } = props;
  const [asked, setAsked] = React.useState('');
  const [error, setError] = React.useState('');
  return (
    <div className="jp-NanochatLearn-traceBody">
      <div className="jp-NanochatLearn-traceHead">
        <strong>{trans._n('%1 trace', '%1 traces', traces.length)}</strong>
        <button type="button" className="jp-NanochatLearn-do" onClick={refresh}>
          {trans.__('Look again')}
        </button>
      </div>
      <ul className="jp-NanochatLearn-traceList">
        {traces.map(trace => (
          <li key={trace.name}>
            <button
              type="button"
              className="jp-NanochatLearn-traceRow"
              onClick={() => open(trace.name)}
            >
              <strong>{trace.name}</strong>
              {trace.state === 'growing' && (
                <span className="jp-NanochatLearn-live">
                  {trans.__('live')}
                </span>
              )}
              <span className="jp-NanochatLearn-quiet">
                {about(trace, trans)}
              </span>
              {trace.texts.length > 0 && (
                <span className="jp-NanochatLearn-traceText">
                  {trace.texts.join('')}
                </span>
              )}
            </button>
            {asked === trace.name ? (
              <span
                role="group"
                aria-label={trans.__('Remove the trace %1?', trace.name)}
              >
                <button
                  type="button"
                  autoFocus
                  className="jp-NanochatLearn-do"
                  onClick={() => {
                    setAsked('');
                    props.remove(trace.name).then(
                      () => setError(''),
                      (e: Error) => setError(e.message)
                    );
                  }}
                >
                  {trans.__('Remove its files')}
                </button>
                <button
                  type="button"
                  className="jp-NanochatLearn-tool"
                  onClick={() => setAsked('')}
                >
                  {trans.__('Keep')}
                </button>
              </span>
            ) : (
              <button
                type="button"
                className="jp-NanochatLearn-tool"
                aria-label={trans.__('Remove the trace %1…', trace.name)}
                title={trans.__('Remove…')}
                onClick={() => setAsked(trace.name)}
              >
                ✕
              </button>
            )}
          </li>
        ))}
      </ul>
      {error !== '' && <p role="alert">{error}</p>}
      {unreadable.map(sentence => (
        <p key={sentence} className="jp-NanochatLearn-traceNote">
          {sentence}
        </p>
      ))}
    </div>
  );
}

function about(trace: TraceSummary, trans: TranslationBundle): string {
  const { last } = trace;
  const size =
    trace.bytes < 1e6
      ? trans.__('%1 KB', Math.ceil(trace.bytes / 1e3))
      : trans.__('%1 MB', (trace.bytes / 1e6).toFixed(1));
  return [
    trace.model.kind,
    trans._n('%1 step', '%1 steps', trace.steps),
    trace.state === 'broken' ? trans.__('broken off') : '',
    last !== null && last.loss !== null
      ? trans.__('last loss %1', last.loss.toPrecision(4))
      : '',
    size
  ]
    .filter(Boolean)
    .join(' · ');
}
