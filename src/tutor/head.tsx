/** The top of the panel: which conversation, a new one, whom the tutor asks. */
import * as React from 'react';

import { useField } from '../parts/use-field';
import { CommandIds } from '../tokens';
import type { IRoom } from './shown';

interface IHeadProps {
  readonly room: IRoom;
  readonly listed: boolean;
  readonly list: (open: boolean) => void;
}

export function Head({ room, listed, list }: IHeadProps): JSX.Element {
  const { talk, trans, model } = room;
  const title = useField(talk.title);
  useField(talk.conversation);
  return (
    <div className="jp-NanochatLearn-tutorHead">
      <button
        type="button"
        className="jp-NanochatLearn-talkTitle"
        aria-expanded={listed}
        title={title || trans.__('All conversations')}
        onClick={() => list(!listed)}
      >
        <span aria-hidden="true">{listed ? '▾' : '▸'}</span>
        <span>{title || trans.__('New conversation')}</span>
      </button>
      <button
        type="button"
        className="jp-NanochatLearn-small"
        title={trans.__('Begin a new conversation')}
        aria-label={trans.__('Begin a new conversation')}
        disabled={talk.entries.length === 0}
        onClick={() => {
          talk.fresh();
          list(false);
          model.input.focus();
        }}
      >
        +
      </button>
      <Whom room={room} />
    </div>
  );
}

function Whom({ room }: { room: IRoom }): JSX.Element | null {
  const { circumstances, commands, trans } = room;
  const tutor = useField(circumstances.tutor);
  if (tutor.kind !== 'ready') {
    return null;
  }
  const { key, model, base_url } = tutor.value;
  return key === 'none' ? (
    <button
      type="button"
      className="jp-NanochatLearn-small"
      title={trans.__(
        'Answers come from notes and code. Add a language model.'
      )}
      onClick={() => void commands.execute(CommandIds.tutorKey)}
    >
      {trans.__('No model')}
    </button>
  ) : (
    <button
      type="button"
      className="jp-NanochatLearn-small jp-mod-model"
      title={trans.__('%1 at %2. Choose another one.', model, base_url)}
      onClick={() => void commands.execute(CommandIds.tutorModel)}
    >
      {model.split('/').pop()}
    </button>
  );
}
