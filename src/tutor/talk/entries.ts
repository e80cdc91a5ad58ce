/**
 * A conversation as the panel shows it, and how the events of a stream change an answer.
 * Pure: no request, no widget.
 */
import type {
  AskEvent,
  AskStatus,
  Citation,
  Conversation,
  Failure,
  LearnerContext,
  Message,
  MessageId,
  NodeId,
  Usage
} from '../../api/types.gen';

/** What came so far of an answer that is being written. */
export interface IDraft {
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly focused: readonly NodeId[];
  readonly reason: string;
  readonly usage: Usage | null;
}

export type AnswerState =
  | {
      readonly kind: 'working';
      /** null until the server says what it does. */
      readonly phase: AskStatus['phase'] | null;
      readonly sentence: string;
      readonly draft: IDraft;
    }
  /** As the server keeps it; `stopped` and `broken` ones too. */
  | { readonly kind: 'kept'; readonly message: Message }
  /** `message` is what came before the failure. */
  | {
      readonly kind: 'failed';
      readonly failure: Failure;
      readonly message: Message | null;
    }
  /** The conversation was read again, and its last question has no answer. */
  | { readonly kind: 'missing' };

export interface IQuestion {
  readonly kind: 'question';
  readonly key: string;
  /** null until the server has taken it. */
  readonly id: MessageId | null;
  readonly text: string;
  readonly made: string;
  readonly context: LearnerContext | null;
}

export interface IAnswer {
  readonly kind: 'answer';
  readonly key: string;
  readonly made: string;
  readonly state: AnswerState;
}

export type Entry = IQuestion | IAnswer;

const EMPTY: IDraft = {
  text: '',
  citations: [],
  focused: [],
  reason: '',
  usage: null
};

export function begun(): AnswerState {
  return { kind: 'working', phase: null, sentence: '', draft: EMPTY };
}

/** The answer after `event`; an answer that has ended stays as it is. */
export function received(state: AnswerState, event: AskEvent): AnswerState {
  if (state.kind !== 'working') {
    return state;
  }
  const { draft } = state;
  switch (event.type) {
    case 'status':
      return { ...state, phase: event.phase, sentence: event.sentence };
    case 'retrieved':
      return state;
    case 'delta':
      return { ...state, draft: { ...draft, text: draft.text + event.text } };
    case 'citation':
      return {
        ...state,
        draft: { ...draft, citations: [...draft.citations, event.citation] }
      };
    case 'focus':
      return {
        ...state,
        draft: { ...draft, focused: event.ids, reason: event.reason }
      };
    case 'usage':
      return { ...state, draft: { ...draft, usage: event.usage } };
    case 'done':
      return stateOf(event.message);
    case 'error':
      return {
        kind: 'failed',
        failure: event.failure,
        message: event.message ?? partial(state, 'broken')
      };
  }
}

/** The learner stopped it, or the stream broke: what came stays. */
export function ended(
  state: AnswerState,
  how: 'stopped' | Failure
): AnswerState {
  if (state.kind !== 'working') {
    return state;
  }
  if (how !== 'stopped') {
    return {
      kind: 'failed',
      failure: how,
      message: partial(state, 'broken')
    };
  }
  const message = partial(state, 'stopped');
  return message === null ? { kind: 'missing' } : { kind: 'kept', message };
}

/** Text that stands, with its citations; null when nothing came. */
function partial(
  state: AnswerState & { kind: 'working' },
  how: 'stopped' | 'broken'
): Message | null {
  const { text, citations, focused, usage } = state.draft;
  if (text.trim() === '') {
    return null;
  }
  return {
    id: '' as MessageId,
    role: 'tutor',
    text,
    made: new Date().toISOString(),
    context: null,
    citations: [...citations],
    focused: [...focused],
    struck: 0,
    unsupported: [],
    extractive: false,
    absent: false,
    usage,
    state: how,
    failure: null
  };
}

/** A model that failed may have been stood in for by notes and code: both are told. */
function stateOf(message: Message): AnswerState {
  const { failure, text } = message;
  return failure === null
    ? { kind: 'kept', message }
    : {
        kind: 'failed',
        failure,
        message: text.trim() === '' ? null : message
      };
}

/** The entries of a conversation that was read; a last question without answer shows it. */
export function entriesOf({ messages }: Conversation): Entry[] {
  const entries: Entry[] = [];
  const last = (): Entry | undefined => entries[entries.length - 1];
  for (const message of messages) {
    const { id, made } = message;
    if (message.role === 'learner') {
      if (last()?.kind === 'question') {
        entries.push(missing(last() as IQuestion));
      }
      const { text, context } = message;
      entries.push({ kind: 'question', key: id, id, text, made, context });
    } else {
      entries.push({ kind: 'answer', key: id, made, state: stateOf(message) });
    }
  }
  const end = last();
  if (end?.kind === 'question') {
    entries.push(missing(end));
  }
  return entries;
}

function missing({ key, made }: IQuestion): IAnswer {
  return { kind: 'answer', key: `${key}?`, made, state: { kind: 'missing' } };
}

/** The Markdown of an answer, and the citations that stand in it. */
export function textOf(state: AnswerState): {
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly unsupported: readonly string[];
} {
  switch (state.kind) {
    case 'working':
      return { ...state.draft, unsupported: [] };
    case 'kept':
      return state.message;
    case 'failed':
      return state.message ?? { text: '', citations: [], unsupported: [] };
    case 'missing':
      return { text: '', citations: [], unsupported: [] };
  }
}
