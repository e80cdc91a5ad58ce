/**
 * The URLs of search and tutor. Not a cache and no state: each call is one request, and
 * every failure is an `ApiError` with a sentence. `document` names the workspace.
 */
import type { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ITutorApi } from '../tokens';
import { Requests } from './requests';
import type {
  AskEvent,
  AskRequest,
  Conversation,
  ConversationId,
  ConversationList,
  EmbedEvent,
  Exported,
  MessageId,
  ModelList,
  RetrievalState,
  SearchAnswer,
  SentPrompt,
  SignIn,
  TutorChoice,
  TutorState
} from './types.gen';

export class TutorApi implements ITutorApi {
  constructor(
    private readonly _trans: TranslationBundle,
    settings?: ServerConnection.ISettings
  ) {
    this._requests = new Requests(_trans, settings);
  }

  ask(
    document: string,
    question: AskRequest,
    signal: AbortSignal
  ): AsyncGenerator<AskEvent, void, undefined> {
    return this._requests.events<AskEvent>(
      'ask',
      { method: 'POST', query: { document }, body: question, signal },
      event => event.type === 'done' || event.type === 'error',
      this._trans.__('Your question and what came of the answer are kept.')
    );
  }

  preview(document: string, question: AskRequest): Promise<SentPrompt> {
    return this._requests.json<SentPrompt>('ask/preview', {
      method: 'POST',
      query: { document },
      body: question
    });
  }

  conversations(document: string): Promise<ConversationList> {
    return this._requests.json<ConversationList>('conversations', {
      query: { document }
    });
  }

  conversation(document: string, id: ConversationId): Promise<Conversation> {
    return this._requests.json<Conversation>(conversationPath(id), {
      query: { document }
    });
  }

  rename(
    document: string,
    id: ConversationId,
    title: string
  ): Promise<Conversation> {
    return this._requests.json<Conversation>(conversationPath(id), {
      method: 'PUT',
      query: { document },
      body: { title }
    });
  }

  async remove(document: string, id: ConversationId): Promise<void> {
    await this._requests.send(conversationPath(id), {
      method: 'DELETE',
      query: { document }
    });
  }

  exported(document: string, id: ConversationId): Promise<Exported> {
    return this._requests.json<Exported>(`${conversationPath(id)}/export`, {
      query: { document }
    });
  }

  sent(
    document: string,
    id: ConversationId,
    message: MessageId
  ): Promise<SentPrompt> {
    return this._requests.json<SentPrompt>(`${conversationPath(id)}/sent`, {
      query: { document, message }
    });
  }

  models(): Promise<ModelList> {
    return this._requests.json<ModelList>('models');
  }

  tutorState(document: string): Promise<TutorState> {
    return this._requests.json<TutorState>('tutor', { query: { document } });
  }

  chooseTutor(document: string, choice: TutorChoice): Promise<TutorState> {
    return this._requests.json<TutorState>('tutor', {
      method: 'PUT',
      query: { document },
      body: choice
    });
  }

  saveKey(document: string, key: string): Promise<TutorState> {
    return this._requests.json<TutorState>('key', {
      method: 'POST',
      query: { document },
      body: { key }
    });
  }

  deleteKey(document: string): Promise<TutorState> {
    return this._requests.json<TutorState>('key', {
      method: 'DELETE',
      query: { document }
    });
  }

  signIn(): Promise<SignIn> {
    return this._requests.json<SignIn>('signin', { method: 'POST', body: {} });
  }

  retrieval(document: string): Promise<RetrievalState> {
    return this._requests.json<RetrievalState>('retrieval', {
      query: { document }
    });
  }

  embed(
    document: string,
    download: boolean,
    signal: AbortSignal
  ): AsyncGenerator<EmbedEvent, void, undefined> {
    return this._requests.events<EmbedEvent>(
      'embed',
      { method: 'POST', query: { document }, body: { download }, signal },
      event => event.type !== 'progress',
      this._trans.__('What was prepared so far is kept.')
    );
  }

  search(
    document: string,
    question: string,
    limit: number
  ): Promise<SearchAnswer> {
    return this._requests.json<SearchAnswer>('search', {
      query: { document, q: question, k: String(limit) }
    });
  }

  private readonly _requests: Requests;
}

function conversationPath(id: ConversationId): string {
  return `conversations/${encodeURIComponent(id)}`;
}
