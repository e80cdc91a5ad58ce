/**
 * The conversation as `@jupyter/chat` wants to see it: a list of messages whose bodies name
 * an entry, and the model of the box. It decides nothing: `Talk` does.
 */
import {
  AbstractChatContext,
  AbstractChatModel,
  type IActiveCellManager,
  type IChatContext,
  type IMessageContent,
  type INewMessage,
  type ISelectionWatcher,
  type IUser
} from '@jupyter/chat';
import type { TranslationBundle } from '@jupyterlab/translation';

import { ENTRY } from './answer/registry';
import type { Entry } from './talk/entries';
import type { Talk } from './talk/talk';

export class TutorModel extends AbstractChatModel {
  constructor(
    private readonly _talk: Talk,
    private readonly _trans: TranslationBundle,
    cells: IActiveCellManager | null,
    selection: ISelectionWatcher | null,
    private readonly _send: (question: string) => void
  ) {
    super({
      activeCellManager: cells,
      selectionWatcher: selection,
      config: {
        stackMessages: false,
        unreadNotifications: false,
        sendTypingNotification: false
      }
    });
    this.name = _trans.__('Ask the code');
    _talk.changed.connect(this._follow, this);
    this._follow();
    this.setReady();
  }

  /** Who asks; the list puts their messages to the right. */
  get user(): IUser {
    return { username: 'learner', display_name: this._trans.__('You') };
  }

  override sendMessage({ body }: INewMessage): boolean {
    this._send(body);
    return true;
  }

  override createChatContext(): IChatContext {
    return new TutorContext({ model: this });
  }

  override dispose(): void {
    this._talk.changed.disconnect(this._follow, this);
    super.dispose();
  }

  /** From the first entry that is another one, the list is made anew. */
  private _follow(): void {
    const entries = this._talk.entries;
    const differs = entries.findIndex(
      ({ key }, at) => this.messages[at]?.id !== key
    );
    const kept = differs === -1 ? entries.length : differs;
    if (this.messages.length > kept) {
      this.messagesDeleted(kept, this.messages.length - kept);
    }
    if (entries.length > kept) {
      this.messagesInserted(
        kept,
        entries.slice(kept).map(entry => this._message(entry))
      );
    }
  }

  private _message(entry: Entry): IMessageContent {
    return {
      type: 'msg',
      id: entry.key,
      body: { data: { [ENTRY]: entry.key } },
      time: Date.parse(entry.made) / 1000,
      sender:
        entry.kind === 'question'
          ? this.user
          : {
              username: 'tutor',
              display_name: this._trans.__('Tutor'),
              bot: true
            }
    };
  }
}

class TutorContext extends AbstractChatContext {
  get users(): IUser[] {
    return [];
  }
}
