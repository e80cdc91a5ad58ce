/** What stands above an answer: who wrote it, when that is not a language model, and whether the code has it at all. */
import type { MessagePreambleProps } from '@jupyter/chat';
import * as React from 'react';

import { useSignal } from '../../parts/use-field';
import type { IRoom } from '../shown';
import { stoodIn, Trouble } from './trouble';

/** The preamble that the message list is given. */
export function labelOf(
  room: Pick<IRoom, 'commands' | 'talk' | 'trans'>
): (props: MessagePreambleProps) => JSX.Element | null {
  return function Label(props) {
    const { talk, trans } = room;
    const state = useSignal(
      talk.grew,
      () => talk.answer(props.message.id)?.state ?? null
    );
    const message =
      state?.kind === 'kept' || state?.kind === 'failed' ? state.message : null;
    if (message === null) {
      return null;
    }
    const { extractive, absent } = message;
    return (
      <>
        {state?.kind === 'failed' && stoodIn(state) && (
          <Trouble failure={state.failure} room={room} />
        )}
        {extractive && (
          <p className="jp-NanochatLearn-byline">
            {trans.__('From notes and code, without a language model')}
          </p>
        )}
        {absent && (
          <p className="jp-NanochatLearn-byline jp-mod-absent">
            {trans.__('Not in this code')}
          </p>
        )}
      </>
    );
  };
}
