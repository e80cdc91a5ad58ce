/** The functions that ran, and how often; they can be lit in the graph. */
import * as React from 'react';

import { CommandIds } from '../tokens';
import type { IPart } from './services';

export function Ran({ trace, session, commands, trans }: IPart): JSX.Element {
  const ran = React.useMemo(() => trace.functions(), [trace.lines]);
  if (ran === null || ran.length === 0) {
    return (
      <details>
        <summary>{trans.__('What ran')}</summary>
        <p className="jp-NanochatLearn-quiet">
          {trans.__(
            'Which functions ran was not recorded. Trace with lines=True to see it here and in the graph.'
          )}
        </p>
      </details>
    );
  }
  const calls = ran.reduce((total, one) => total + one.calls, 0);
  const reason = trans.__(
    'What ran in the trace %1: %2 functions, %3 calls',
    trace.name,
    ran.length,
    calls
  );
  const light = (): void => {
    session.highlight.set({ ids: ran.map(({ id }) => id), reason });
    void commands.execute(CommandIds.showGraph);
  };
  return (
    <details>
      <summary>
        {trans._n(
          'What ran: %1 function',
          'What ran: %1 functions',
          ran.length
        )}
      </summary>
      <button type="button" className="jp-NanochatLearn-do" onClick={light}>
        {trans.__('Light them in the graph')}
      </button>
      <table className="jp-NanochatLearn-ran">
        <thead>
          <tr>
            <th scope="col">{trans.__('function')}</th>
            <th scope="col">{trans.__('calls')}</th>
          </tr>
        </thead>
        <tbody>
          {ran.map(({ id, filePath, line, calls: often }) => (
            <tr key={id}>
              <th scope="row">
                {filePath === '' ? (
                  id
                ) : (
                  <button
                    type="button"
                    className="jp-NanochatLearn-link"
                    onClick={() =>
                      void commands.execute(CommandIds.openCode, {
                        filePath,
                        line
                      })
                    }
                  >
                    {id.slice(id.indexOf(':') + 1)}
                  </button>
                )}
              </th>
              <td>{often}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
