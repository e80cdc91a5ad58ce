/**
 * What survives a reload: the text in the box, a question the server has not confirmed, and
 * which conversation was in view in each workspace. Kept by the browser, because a question
 * must outlive a server that is away. Nothing of an answer, never a key.
 */
import type { ConversationId } from '../api/types.gen';

interface IKept {
  readonly draft?: unknown;
  readonly unsent?: unknown;
  readonly open?: Readonly<Record<string, unknown>>;
}

export class Memory {
  /** `place` tells servers of one host apart; `storage` is the browser's. */
  constructor(
    place: string,
    private readonly _storage: Pick<Storage, 'getItem' | 'setItem'>
  ) {
    this._key = `nanochat-learn:tutor:${place}`;
    const { draft, unsent, open } = this._read();
    this._draft = text(draft) || text(unsent);
    for (const [prefix, id] of Object.entries(open ?? {})) {
      if (text(id) !== '') {
        this._open.set(prefix, id as ConversationId);
      }
    }
  }

  /** What stands in the box. */
  get draft(): string {
    return this._draft;
  }

  keepDraft(question: string): void {
    if (question !== this._draft) {
      this._draft = question;
      this._write();
    }
  }

  /** A question that was asked, until the server says that it has it; then ''. */
  keepUnsent(question: string): void {
    if (question !== this._unsent) {
      this._unsent = question;
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

  private _read(): IKept {
    try {
      const found: unknown = JSON.parse(
        this._storage.getItem(this._key) ?? 'null'
      );
      return typeof found === 'object' && found !== null ? found : {};
    } catch {
      return {}; // Switched off, or not ours: begin anew.
    }
  }

  private _write(): void {
    try {
      this._storage.setItem(
        this._key,
        JSON.stringify({
          draft: this._draft,
          unsent: this._unsent,
          open: Object.fromEntries(this._open)
        })
      );
    } catch {
      // Full or switched off: the box works without a memory.
    }
  }

  private readonly _key: string;
  private readonly _open = new Map<string, ConversationId>();
  private _draft: string;
  private _unsent = '';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
