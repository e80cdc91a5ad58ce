/**
 * What survives a reload: the text in the box and, for each workspace, which conversation
 * was in view. Kept by JupyterLab's state database; nothing of an answer, never a key.
 */
import type { IStateDB } from '@jupyterlab/statedb';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import type { ConversationId } from '../api/types.gen';

const KEY = 'nanochat-learn:tutor';
/** Milliseconds of rest before what is typed is kept. */
const REST = 300;

export class Memory {
  constructor(private readonly _state: IStateDB | null) {}

  /** What stands in the box. */
  draft = '';
  /** A question that was asked, and of which the server has not said that it has it. */
  unsent = '';

  /** Never rejects: without a database nothing is remembered. */
  async read(): Promise<void> {
    try {
      const found = (await this._state?.fetch(KEY)) as
        ReadonlyPartialJSONObject | undefined;
      if (typeof found?.draft === 'string') {
        this.draft = found.draft;
      }
      if (typeof found?.unsent === 'string') {
        this.draft ||= found.unsent;
      }
      const open = found?.open;
      if (typeof open === 'object' && open !== null) {
        for (const [prefix, id] of Object.entries(open)) {
          if (typeof id === 'string') {
            this._open.set(prefix, id as ConversationId);
          }
        }
      }
    } catch (thrown) {
      console.warn('Memory of the tutor:', thrown);
    }
  }

  keepDraft(text: string): void {
    this.draft = text;
    clearTimeout(this._timer);
    this._timer = setTimeout(() => this._write(), REST);
  }

  keepUnsent(question: string): void {
    if (question !== this.unsent) {
      this.unsent = question;
      this._write();
    }
  }

  /** The conversation that was in view in this workspace. */
  conversation(prefix: string): ConversationId | null {
    return this._open.get(prefix) ?? null;
  }

  keepConversation(prefix: string, id: ConversationId | null): void {
    if (id === null) {
      this._open.delete(prefix);
    } else {
      this._open.set(prefix, id);
    }
    this._write();
  }

  private _write(): void {
    clearTimeout(this._timer);
    void this._state
      ?.save(KEY, {
        draft: this.draft,
        unsent: this.unsent,
        open: Object.fromEntries(this._open)
      })
      .catch((thrown: unknown) => console.warn('Memory of the tutor:', thrown));
  }

  private readonly _open = new Map<string, ConversationId>();
  private _timer: ReturnType<typeof setTimeout> | undefined;
}
