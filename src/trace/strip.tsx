/** The text up to this step: what the model reads now stands out, the rest is in the cache. */
import * as React from 'react';

import { tokensUpTo, written } from './names';
import type { IPart } from './services';

/** Longer texts show their end. */
const MOST = 200;

export function TokenStrip({ trace, room, trans }: IPart): JSX.Element | null {
  const { step: at, at: places } = room.choice;
  const step = trace.steps[at];
  const row = places[0] ?? 0;
  const tokens = React.useMemo(
    () => tokensUpTo(trace.steps, at, row),
    [trace.steps, at, row]
  );
  if (step === undefined || tokens.length === 0) {
    return null;
  }
  const first = Math.max(0, tokens.length - MOST);
  const fresh = tokens.length - step.length;
  return (
    <section aria-label={trans.__('Text so far')}>
      <h3>{trans.__('Text so far')}</h3>
      <ol className="jp-NanochatLearn-strip" start={first} tabIndex={0}>
        {first > 0 && <li className="jp-mod-gap">…</li>}
        {tokens.slice(first).map((token, n) => {
          const place = first + n;
          return (
            <li
              key={place}
              className={place >= fresh ? 'jp-mod-new' : undefined}
              title={
                token === null
                  ? trans.__('Place %1: not recorded', place)
                  : trans.__('Place %1, token %2', place, token.id)
              }
            >
              {written(token, place)}
              {place >= fresh && (
                <span className="jp-NanochatLearn-spoken">
                  {' '}
                  {trans.__('(read in this step)')}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
