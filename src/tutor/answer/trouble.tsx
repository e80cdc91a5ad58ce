/** A failure: what happened, what to do next; a key or another model where that helps. */
import * as React from 'react';

import type { Failure } from '../../api/types.gen';
import { CommandIds } from '../../tokens';
import type { IServices } from '../services';
import type { AnswerState } from '../talk/entries';

/** Notes and code answer in place of a model that failed: that is said above the answer. */
export function stoodIn(state: AnswerState): boolean {
  return state.kind === 'failed' && state.message?.extractive === true;
}

export function Trouble({
  failure,
  room
}: {
  failure: Failure;
  room: Pick<IServices, 'commands' | 'trans'>;
}): JSX.Element {
  const { trans, commands } = room;
  const offers =
    failure.code === 'needs_key'
      ? ([[CommandIds.tutorKey, trans.__('Key…')]] as const)
      : failure.code === 'no_credit' || failure.code === 'rate_limited'
        ? ([[CommandIds.tutorModel, trans.__('Another model…')]] as const)
        : [];
  return (
    <div className="jp-NanochatLearn-trouble">
      <p>{failure.sentence}</p>
      {failure.hint !== '' && (
        <p className="jp-NanochatLearn-quiet">{failure.hint}</p>
      )}
      {offers.map(([command, label]) => (
        <button
          key={command}
          type="button"
          className="jp-NanochatLearn-small"
          onClick={() => void commands.execute(command)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
