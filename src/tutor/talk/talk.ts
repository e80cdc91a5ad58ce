/**
 * The conversation in view: asking, stopping, asking again, and reading one that is kept.
 * The only place that runs `ask`. It knows no widget; nothing here rejects.
 */
import { type ISignal, Signal } from '@lumino/signaling';

import { ApiError } from '../../api/failure';
import type {
  AskEvent,
  AskRequest,
  ConversationId,
  LearnerContext,
  MessageId
} from '../../api/types.gen';
import { Field } from '../../state/field';
import type { ITutorApi, Loaded } from '../../tokens';
import {
  begun,
  ended,
  entriesOf,
  type AnswerState,
  type Entry,
  type IAnswer,
  type IQuestion,
  received
} from './entries';

const READY = { kind: 'ready', value: null } as const;

export class Talk {
  /** `document` names the workspace, at the moment a conversation begins. */
  constructor(
    private readonly _api: ITutorApi,
    private readonly _document: () => string
  ) {}

  /** null: a new one, which the first question begins. */
  readonly conversation = new Field<ConversationId | null>(null);
  readonly title = new Field('');
  readonly busy = new Field(false);
  /** Whether the conversation in view could be read. */
  readonly reading = new Field<Loaded<null>>(READY);

  get entries(): readonly Entry[] {
    return this._entries;
  }

  /** Questions or answers came or went. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** One answer is another one now: a word more, or its end. */
  get grew(): ISignal<this, IAnswer> {
    return this._grew;
  }

  /** An event of a running answer, after it was taken in. */
  get heard(): ISignal<this, AskEvent> {
    return this._heard;
  }

  answer(key: string): IAnswer | null {
    const found = this._entries.find(entry => entry.key === key);
    return found?.kind === 'answer' ? found : null;
  }

  question(key: string): IQuestion | null {
    const found = this._entries.find(entry => entry.key === key);
    return found?.kind === 'question' ? found : null;
  }

  /** The question that `answer` belongs to. */
  questionOf(answer: string): IQuestion | null {
    const at = this._entries.findIndex(({ key }) => key === answer);
    const before = this._entries[at - 1];
    return before?.kind === 'question' ? before : null;
  }

  /** The document of the workspace that this conversation belongs to. */
  get document(): string {
    return this._home ?? this._document();
  }

  /** Ask, at the end of the conversation; one question at a time. */
  async ask(text: string, context: LearnerContext | null): Promise<void> {
    if (!this.busy.value && text.trim() !== '') {
      await this._ask(text.trim(), context, null);
    }
  }

  /** Ask a question once more, with another text too: it and all after it are replaced. */
  async again(key: string, text?: string): Promise<void> {
    const at = this._entries.findIndex(entry => entry.key === key);
    const question = this._entries[at];
    if (this.busy.value || question?.kind !== 'question') {
      return;
    }
    this._entries = this._entries.slice(0, at);
    await this._ask(
      text?.trim() || question.text,
      question.context,
      question.id
    );
  }

  /** Stop the answer that is being written; the server stops too. */
  stop(): void {
    this._stopper?.abort();
  }

  /** A new conversation; the one in view stays on the disk. */
  fresh(): void {
    this._leave();
    this._home = null;
    this._show(null, '', []);
    this.reading.set(READY);
  }

  /** Read a conversation and show it; one that is no more makes room for a new one. */
  async open(id: ConversationId): Promise<void> {
    this._leave();
    const turn = this._turn;
    this._home = this._document();
    this.reading.set({ kind: 'loading' });
    try {
      const found = await this._api.conversation(this._home, id);
      if (turn === this._turn) {
        this._show(id, found.title, entriesOf(found));
        this.reading.set(READY);
      }
    } catch (thrown) {
      if (turn === this._turn) {
        const { code, sentence, hint } = ApiError.from(thrown);
        if (code === 'not_found') {
          this.fresh();
          return;
        }
        this._show(id, '', []);
        this.reading.set({ kind: 'failed', sentence, hint });
      }
    }
  }

  dispose(): void {
    this._leave();
    Signal.clearData(this);
  }

  private _leave(): void {
    this._turn += 1;
    this._stopper?.abort();
    this._stopper = null;
    this.busy.set(false);
  }

  private _show(
    id: ConversationId | null,
    title: string,
    entries: readonly Entry[]
  ): void {
    this._entries = entries;
    this.conversation.set(id);
    this.title.set(title);
    this._changed.emit();
  }

  private async _ask(
    text: string,
    context: LearnerContext | null,
    replaces: MessageId | null
  ): Promise<void> {
    const turn = ++this._turn;
    const stopper = new AbortController();
    const made = new Date().toISOString();
    const question = `question-${made}-${turn}`;
    const answer = `answer-${made}-${turn}`;
    this._stopper = stopper;
    this._home ??= this._document();
    this._entries = [
      ...this._entries,
      { kind: 'question', key: question, id: replaces, text, made, context },
      { kind: 'answer', key: answer, made, state: begun() }
    ];
    this.busy.set(true);
    this._changed.emit();
    const request: AskRequest = {
      question: text,
      conversation: this.conversation.value,
      replaces,
      context,
      model: null
    };
    try {
      for await (const event of this._api.ask(
        this._home,
        request,
        stopper.signal
      )) {
        if (turn !== this._turn) {
          return;
        }
        this._take(event, question, answer, text);
      }
    } catch (thrown) {
      if (turn !== this._turn) {
        return;
      }
      const { code, sentence, hint } = ApiError.from(thrown);
      const how = code === 'stopped' ? code : { code, sentence, hint };
      this._set(answer, state => ended(state, how));
    }
    this._stopper = null;
    this.busy.set(false);
  }

  private _take(
    event: AskEvent,
    question: string,
    answer: string,
    text: string
  ): void {
    if (event.type === 'status') {
      const id = event.question;
      this._entries = this._entries.map(entry =>
        entry.key === question && entry.kind === 'question'
          ? { ...entry, id }
          : entry
      );
      if (this.conversation.value === null) {
        this.title.set(this.title.value || text.slice(0, 80));
        this.conversation.set(event.conversation);
      }
    }
    this._set(answer, state => received(state, event));
    this._heard.emit(event);
  }

  private _set(key: string, next: (state: AnswerState) => AnswerState): void {
    const entry = this.answer(key);
    if (entry === null) {
      return;
    }
    const state = next(entry.state);
    if (state !== entry.state) {
      const changed = { ...entry, state };
      this._entries = this._entries.map(e => (e.key === key ? changed : e));
      this._grew.emit(changed);
    }
  }

  private _entries: readonly Entry[] = [];
  private _home: string | null = null;
  private _turn = 0;
  private _stopper: AbortController | null = null;
  private readonly _changed = new Signal<this, void>(this);
  private readonly _grew = new Signal<this, IAnswer>(this);
  private readonly _heard = new Signal<this, AskEvent>(this);
}
