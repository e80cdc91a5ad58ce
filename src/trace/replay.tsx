/** An open trace, from top to bottom: what it is, steps, text, heads, one tensor, and more. */
import * as React from 'react';

import { HeadGrid } from './heads';
import { Lens } from './lens';
import { Ran } from './ran';
import { Scores } from './scores';
import { Scrubber } from './scrubber';
import type { IPart } from './services';
import { TokenStrip } from './strip';
import { TensorView } from './tensor-view';
import { Comparing } from './comparing';

export function Replay(part: IPart): JSX.Element {
  const { trace, room, trans } = part;
  const { manifest } = trace;
  return (
    <div className="jp-NanochatLearn-traceBody">
      <div className="jp-NanochatLearn-traceHead">
        <button
          type="button"
          className="jp-NanochatLearn-do"
          onClick={() => room.close()}
        >
          {trans.__('All traces')}
        </button>
        <strong>{trace.name}</strong>
        {trace.isGrowing && (
          <span className="jp-NanochatLearn-live">{trans.__('live')}</span>
        )}
      </div>
      <p className="jp-NanochatLearn-quiet">
        {trans.__(
          '%1 with %2 weights, on %3',
          manifest.model.kind,
          manifest.model.parameters.toLocaleString('en'),
          manifest.model.device
        )}
      </p>
      {manifest.state === 'broken' && (
        <p className="jp-NanochatLearn-traceNote">
          {trans.__('It broke off: %1', manifest.sentence)}
        </p>
      )}
      {manifest.dropped.length > 0 && (
        <p className="jp-NanochatLearn-traceNote">
          {trans._n(
            'The budget did not hold the numbers of %1 tensor. %2',
            'The budget did not hold the numbers of %1 tensors. %2',
            manifest.dropped.length,
            manifest.policy
          )}
        </p>
      )}
      {trace.damaged.map(sentence => (
        <p key={sentence} role="alert">
          {sentence}
        </p>
      ))}
      <Scrubber {...part} />
      {trace.steps.length > 0 && (
        <>
          <TokenStrip {...part} />
          <HeadGrid {...part} />
          <TensorView {...part} />
          <Scores {...part} />
          <Lens {...part} />
          <Ran {...part} />
          <Comparing {...part} />
        </>
      )}
    </div>
  );
}
