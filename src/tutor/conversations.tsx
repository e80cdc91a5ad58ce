/** All conversations of the workspace: open, rename, export, delete. */
import { Dialog, showDialog } from '@jupyterlab/apputils';
import * as React from 'react';

import { ApiError } from '../api/failure';
import type { ConversationHead, ConversationId } from '../api/types.gen';
import { tellError } from '../state/telling';
import type { Loaded } from '../tokens';
import { saveFile } from '../parts/save-file';
import type { IRoom } from './shown';

interface IConversationsProps {
  readonly room: IRoom;
  readonly close: () => void;
}

export function Conversations({
  room,
  close
}: IConversationsProps): JSX.Element {
  const { api, talk, trans } = room;
  const [list, setList] = React.useState<Loaded<readonly ConversationHead[]>>({
    kind: 'loading'
  });
  const load = React.useCallback(async () => {
    try {
      const found = await api.conversations(talk.document);
      setList({ kind: 'ready', value: found.conversations });
    } catch (thrown) {
      const { sentence, hint } = ApiError.from(thrown);
      setList({ kind: 'failed', sentence, hint });
    }
  }, [api, talk]);
  React.useEffect(() => void load(), [load]);

  if (list.kind === 'failed') {
    return (
      <div className="jp-NanochatLearn-talks" role="alert">
        <p>{list.sentence}</p>
        <p className="jp-NanochatLearn-quiet">{list.hint}</p>
        <button
          type="button"
          className="jp-NanochatLearn-do"
          onClick={() => void load()}
        >
          {trans.__('Try again')}
        </button>
      </div>
    );
  }
  if (list.kind !== 'ready') {
    return (
      <div className="jp-NanochatLearn-talks" role="status">
        <p>{trans.__('Loading the conversations…')}</p>
      </div>
    );
  }
  if (list.value.length === 0) {
    return (
      <div className="jp-NanochatLearn-talks" role="status">
        <p>
          {trans.__(
            'No conversation yet. Each one is kept as a file in the folder “conversations”.'
          )}
        </p>
      </div>
    );
  }
  return (
    <ul
      className="jp-NanochatLearn-talks"
      aria-label={trans.__('Conversations')}
    >
      {list.value.map(head => (
        <Row
          key={head.id}
          head={head}
          room={room}
          open={() => {
            close();
            void talk.open(head.id);
            room.model.input.focus();
          }}
          reload={load}
        />
      ))}
    </ul>
  );
}

interface IRowProps {
  readonly head: ConversationHead;
  readonly room: IRoom;
  readonly open: () => void;
  readonly reload: () => Promise<void>;
}

function Row({ head, room, open, reload }: IRowProps): JSX.Element {
  const { trans, talk } = room;
  const [naming, setNaming] = React.useState(false);
  const { id, title, problem } = head;
  const current = talk.conversation.value === id;
  const told = (act: () => Promise<void>): void => {
    void act().catch(tellError);
  };
  if (naming) {
    return (
      <li>
        <Naming
          title={title}
          done={name => {
            setNaming(false);
            if (name !== null) {
              told(() => rename(room, id, name).then(reload));
            }
          }}
          room={room}
        />
      </li>
    );
  }
  return (
    <li aria-current={current || undefined}>
      <button
        type="button"
        className="jp-NanochatLearn-talk"
        disabled={problem !== null}
        onClick={open}
      >
        {title || trans.__('Without a title')}
        <span className="jp-NanochatLearn-quiet">
          {problem === null
            ? trans.__(
                '%1 · %2',
                new Date(head.changed).toLocaleString(),
                trans._n('%1 message', '%1 messages', head.messages)
              )
            : `${problem.sentence} ${problem.hint}`}
        </span>
      </button>
      <span className="jp-NanochatLearn-talkTools">
        {problem === null && (
          <>
            <Tool
              label={trans.__('Rename')}
              of={title}
              click={() => setNaming(true)}
            />
            <Tool
              label={trans.__('Export')}
              of={title}
              click={() => told(() => exportIt(room, id))}
            />
          </>
        )}
        <Tool
          label={trans.__('Delete')}
          of={title}
          click={() => told(() => remove(room, id, title).then(reload))}
        />
      </span>
    </li>
  );
}

function Tool(props: {
  label: string;
  of: string;
  click: () => void;
}): JSX.Element {
  return (
    <button
      type="button"
      className="jp-NanochatLearn-small"
      aria-label={`${props.label}: ${props.of}`}
      onClick={props.click}
    >
      {props.label}
    </button>
  );
}

function Naming(props: {
  title: string;
  done: (name: string | null) => void;
  room: IRoom;
}): JSX.Element {
  const { trans } = props.room;
  const [name, setName] = React.useState(props.title);
  const save = (): void => {
    const wanted = name.trim();
    props.done(wanted === '' || wanted === props.title ? null : wanted);
  };
  return (
    <form
      className="jp-NanochatLearn-naming"
      onSubmit={event => {
        event.preventDefault();
        save();
      }}
      onKeyDown={event => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          props.done(null);
        }
      }}
    >
      <input
        autoFocus
        type="text"
        maxLength={200}
        value={name}
        aria-label={trans.__('New title')}
        onChange={event => setName(event.target.value)}
      />
      <button type="submit" className="jp-NanochatLearn-small">
        {trans.__('Save')}
      </button>
    </form>
  );
}

async function rename(
  { api, talk }: IRoom,
  id: ConversationId,
  name: string
): Promise<void> {
  const { title } = await api.rename(talk.document, id, name);
  if (talk.conversation.value === id) {
    talk.title.set(title);
  }
}

async function exportIt(
  { api, talk }: IRoom,
  id: ConversationId
): Promise<void> {
  const { name, markdown } = await api.exported(talk.document, id);
  saveFile(name, markdown, 'text/markdown');
}

async function remove(
  { api, talk, trans }: IRoom,
  id: ConversationId,
  title: string
): Promise<void> {
  const { button } = await showDialog({
    title: trans.__('Delete this conversation?'),
    body: trans.__('“%1” and its file are gone for good.', title),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Keep it') }),
      Dialog.warnButton({ label: trans.__('Delete') })
    ]
  });
  if (!button.accept) {
    return;
  }
  const { document } = talk;
  if (talk.conversation.value === id) {
    talk.fresh();
  }
  await api.remove(document, id);
}
