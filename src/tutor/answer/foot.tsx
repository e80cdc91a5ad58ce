/** What stands under a message: what is to be known about an answer, and what can be done. */
import type { MessageFooterSectionProps } from '@jupyter/chat';
import * as React from 'react';

import type { Message } from '../../api/types.gen';
import { useField, useSignal } from '../../parts/use-field';
import { CommandIds } from '../../tokens';
import type { IRoom } from '../shown';
import {
  type AnswerState,
  type IAnswer,
  type IQuestion,
  textOf
} from '../talk/entries';
import { Lit } from './lit';
import { notesOn, usageOf } from './notes';
import { plainText } from './plain';
import { stoodIn, Trouble } from './trouble';

/** The footer section that the message list is given. */
export function footOf(room: IRoom): React.FC<MessageFooterSectionProps> {
  return function Foot({ message }) {
    const { talk } = room;
    const entry = useSignal(talk.grew, () =>
      talk.entries.find(({ key }) => key === message.id)
    );
    if (entry === undefined) {
      return null;
    }
    return entry.kind === 'question' ? (
      <QuestionFoot question={entry} room={room} />
    ) : (
      <AnswerFoot answer={entry} room={room} />
    );
  };
}

function QuestionFoot({
  question,
  room
}: {
  question: IQuestion;
  room: IRoom;
}): JSX.Element {
  const { trans, model, editing } = room;
  const busy = useField(room.talk.busy);
  return (
    <div className="jp-NanochatLearn-under">
      <button
        type="button"
        className="jp-NanochatLearn-link"
        disabled={busy}
        title={trans.__('Change this question and ask again')}
        onClick={() => {
          editing.set(question.key);
          model.input.value = question.text;
          model.input.focus();
        }}
      >
        {trans.__('Edit')}
      </button>
    </div>
  );
}

function AnswerFoot({
  answer,
  room
}: {
  answer: IAnswer;
  room: IRoom;
}): JSX.Element | null {
  const { state } = answer;
  const busy = useField(room.talk.busy);
  if (state.kind === 'working') {
    return null;
  }
  const { trans, talk, commands } = room;
  const again = (): void => {
    const question = talk.questionOf(answer.key);
    if (question !== null) {
      void talk.again(question.key);
      room.model.input.focus(); // The button goes with the old answer.
    }
  };
  const message = messageOf(state);
  const { conversation } = talk;
  return (
    <div className="jp-NanochatLearn-under">
      {message !== null &&
        notesOn(message, trans).map(note => (
          <p key={note} className="jp-NanochatLearn-remark">
            {note}
          </p>
        ))}
      {state.kind === 'missing' && (
        <p className="jp-NanochatLearn-remark">
          {trans.__('This question has no answer yet.')}
        </p>
      )}
      {state.kind === 'failed' && !stoodIn(state) && (
        <Trouble failure={state.failure} room={room} />
      )}
      {message !== null && <Lit message={message} room={room} />}
      <div className="jp-NanochatLearn-underTools">
        {message !== null && <Copy state={state} room={room} />}
        <button
          type="button"
          className={
            message === null ? 'jp-NanochatLearn-do' : 'jp-NanochatLearn-small'
          }
          disabled={busy}
          onClick={again}
        >
          {state.kind === 'failed'
            ? trans.__('Try again')
            : trans.__('Ask again')}
        </button>
        {message !== null &&
          message.id !== '' &&
          !message.extractive &&
          conversation.value !== null && (
            <button
              type="button"
              className="jp-NanochatLearn-small"
              onClick={() =>
                void commands.execute(CommandIds.tutorSent, {
                  conversation: conversation.value,
                  message: message.id
                })
              }
            >
              {trans.__('What was sent')}
            </button>
          )}
        {message?.usage != null && (
          <span className="jp-NanochatLearn-quiet">
            {usageOf(message.usage, trans)}
          </span>
        )}
      </div>
    </div>
  );
}

function messageOf(state: AnswerState): Message | null {
  switch (state.kind) {
    case 'kept':
    case 'failed':
      return state.message;
    case 'working':
    case 'missing':
      return null;
  }
}

function Copy({
  state,
  room
}: {
  state: AnswerState;
  room: IRoom;
}): JSX.Element {
  const { trans } = room;
  const [said, say] = React.useState('');
  const copy = async (): Promise<void> => {
    const { text, citations } = textOf(state);
    try {
      await navigator.clipboard.writeText(plainText(text, citations));
      say(trans.__('Copied'));
    } catch {
      say(trans.__('The browser does not allow copying here'));
    }
    setTimeout(() => say(''), 1500);
  };
  return (
    <button
      type="button"
      className="jp-NanochatLearn-small"
      aria-live="polite"
      onClick={() => void copy()}
    >
      {said || trans.__('Copy')}
    </button>
  );
}
