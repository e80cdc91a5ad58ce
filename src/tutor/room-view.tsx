/**
 * What the room looks like, loaded when the panel is first in view. The list of messages is
 * `@jupyter/chat`'s; bodies, labels and what stands under them are ours.
 */
import { ChatMessages, ChatReactContext, JlThemeProvider } from '@jupyter/chat';
import * as React from 'react';

import { Sentence } from '../parts/sentence';
import { useField, useSignal } from '../parts/use-field';
import { CommandIds } from '../tokens';
import { Box } from './box/box';
import { ContextChips } from './box/context-chips';
import { Conversations } from './conversations';
import { followLast } from './follow';
import { Head } from './head';
import type { Room } from './room';
import { Spoken } from './spoken';
import { Vectors } from './vectors';
import { Welcome } from './welcome';

export function RoomView({ room }: { room: Room }): JSX.Element {
  const { shown } = room;
  const { commands, model, surroundings, talk, trans } = shown;
  const [listed, list] = React.useState(false);
  const reading = useField(talk.reading);
  const empty = useSignal(talk.changed, () => talk.entries.length === 0);
  const showSent = (): void => {
    const context = surroundings.context();
    const exercise = context?.exercise ?? null;
    void commands.execute(CommandIds.tutorSent, {
      request: {
        question: model.input.value,
        conversation: talk.conversation.value,
        replaces: null,
        context:
          context === null
            ? null
            : { ...context, exercise: exercise && { ...exercise } },
        model: null
      }
    });
  };
  return (
    <div className="jp-NanochatLearn-room">
      <Head room={shown} listed={listed} list={list} />
      {listed && <Conversations room={shown} close={() => list(false)} />}
      {reading.kind === 'failed' ? (
        <Sentence
          alert={true}
          text={reading.sentence}
          hint={reading.hint}
          offers={[
            {
              label: trans.__('Try again'),
              click: () => {
                const id = talk.conversation.value;
                void (id === null ? talk.fresh() : talk.open(id));
              }
            },
            {
              label: trans.__('Begin a new conversation'),
              click: () => talk.fresh()
            }
          ]}
        />
      ) : reading.kind === 'loading' ? (
        <Sentence busy={true} text={trans.__('Reading the conversation…')} />
      ) : empty ? (
        <Welcome room={shown} />
      ) : (
        <Messages room={room} />
      )}
      <div className="jp-NanochatLearn-tutorBottom">
        <ContextChips
          surroundings={surroundings}
          labelOf={shown.labelOf}
          showSent={showSent}
          trans={trans}
        />
        <Box
          input={model.input}
          busy={talk.busy}
          editing={shown.editing}
          focusDue={shown.focusDue}
          stop={() => talk.stop()}
          trans={trans}
        />
        <Vectors room={shown} />
      </div>
      <Spoken room={shown} />
    </div>
  );
}

function Messages({ room }: { room: Room }): JSX.Element {
  const { talk, trans } = room.shown;
  const list = React.useRef<HTMLDivElement>(null);
  React.useEffect(() => {
    if (list.current === null) {
      return undefined;
    }
    const following = followLast(list.current);
    const again = (): void => following.again();
    talk.changed.connect(again);
    return () => {
      talk.changed.disconnect(again);
      following.dispose();
    };
  }, [talk]);
  return (
    <div
      ref={list}
      className="jp-NanochatLearn-messages"
      role="region"
      aria-label={trans.__('Conversation')}
    >
      <JlThemeProvider themeManager={room.themes}>
        <ChatReactContext.Provider value={room.chat}>
          <ChatMessages />
        </ChatReactContext.Provider>
      </JlThemeProvider>
    </div>
  );
}
