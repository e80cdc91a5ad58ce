/** What a screen reader hears of an answer: its phases and its end, not each word. */
import * as React from 'react';

import { useSignal } from '../parts/use-field';
import { plainText } from './answer/plain';
import type { IRoom } from './shown';
import { textOf } from './talk/entries';

export function Spoken({ room }: { room: IRoom }): JSX.Element {
  const { talk } = room;
  const last = useSignal(
    talk.grew,
    () => talk.entries[talk.entries.length - 1]
  );
  // An old conversation that is opened is for reading, not for reading out.
  const followed = React.useRef('');
  if (last?.kind === 'answer' && last.state.kind === 'working') {
    followed.current = last.key;
  }
  return (
    <div className="jp-NanochatLearn-spoken" role="status">
      {last?.kind === 'answer' && last.key === followed.current
        ? sentence(last.state, room)
        : ''}
    </div>
  );
}

function sentence(
  state: Parameters<typeof textOf>[0],
  { trans }: IRoom
): string {
  switch (state.kind) {
    case 'working':
      return state.sentence || trans.__('Asking…');
    case 'failed':
      return `${state.failure.sentence} ${state.failure.hint}`;
    case 'missing':
      return '';
    case 'kept': {
      const { text, citations } = textOf(state);
      return trans.__('Answer: %1', plainText(text, citations));
    }
  }
}
