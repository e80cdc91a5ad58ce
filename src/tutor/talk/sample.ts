/* eslint-disable jupyter/no-untranslated-string -- nobody but specs reads these */
/** What the specs of the tutor are made of. */
import type {
  AskEvent,
  Citation,
  Conversation,
  ConversationId,
  Message,
  MessageId,
  NodeId
} from '../../api/types.gen';

export const TALK = 'a-talk' as ConversationId;
export const ASKED = 'q1' as MessageId;

export const CITED: Citation = {
  id: 'nanochat/gpt.py:GPT.forward' as NodeId,
  type: 'function',
  label: 'GPT.forward',
  file_path: 'nanochat/gpt.py',
  line: 40
};

export function message(fields: Partial<Message> = {}): Message {
  return {
    id: 'm1' as MessageId,
    role: 'tutor',
    text: 'An answer.',
    made: '2026-01-01T00:00:00Z',
    context: null,
    citations: [],
    focused: [],
    struck: 0,
    unsupported: [],
    extractive: false,
    absent: false,
    usage: null,
    state: 'whole',
    failure: null,
    ...fields
  };
}

export function conversation(messages: Message[]): Conversation {
  return {
    format: 'nanochat-learn.conversation/1',
    id: TALK,
    title: 'A talk',
    made: '2026-01-01T00:00:00Z',
    messages,
    replaced: []
  };
}

export const STATUS: AskEvent = {
  type: 'status',
  phase: 'searching',
  sentence: 'Searching.',
  conversation: TALK,
  question: ASKED
};

export function delta(text: string): AskEvent {
  return { type: 'delta', text };
}
