/**
 * Evidence that the server has not confirmed, in the browser's own storage: it outlives a
 * reload and a server that is away. One entry each, so that two tabs never overwrite each
 * other. What cannot be stored is kept as long as the page lives.
 */
import type { Evidence } from '../api/types.gen';

export interface IKept {
  /** The document in which it was answered; it leads the server to the workspace. */
  readonly document: string;
  readonly evidence: Evidence;
}

type IStorage = Pick<
  Storage,
  'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'
>;

export class Unsent {
  /** `place` tells servers of one host apart; `storage` is the browser's. */
  constructor(
    place: string,
    private readonly _storage: IStorage
  ) {
    this._prefix = `nanochat-learn:evidence:${place}:`;
  }

  keep(kept: IKept): void {
    const { id } = kept.evidence;
    this._here.set(id, kept);
    try {
      this._storage.setItem(this._prefix + id, JSON.stringify(kept));
    } catch {
      // Full or switched off: this page remembers it.
    }
  }

  drop(id: string): void {
    this._here.delete(id);
    try {
      this._storage.removeItem(this._prefix + id);
    } catch {
      // Sent once more later: the same line twice counts once.
    }
  }

  /** Everything, also of other tabs and of former visits. */
  all(): readonly IKept[] {
    const found = new Map(this._here);
    for (const kept of this._stored()) {
      found.set(kept.evidence.id, kept);
    }
    return [...found.values()];
  }

  private _stored(): IKept[] {
    try {
      return Array.from({ length: this._storage.length }, (_, n) =>
        this._storage.key(n)
      )
        .filter(key => key?.startsWith(this._prefix) === true)
        .flatMap(key => keptOf(this._storage.getItem(key as string)));
    } catch {
      return [];
    }
  }

  private readonly _here = new Map<string, IKept>();
  private readonly _prefix: string;
}

/** Nothing for what is not ours. */
function keptOf(text: string | null): IKept[] {
  try {
    const found = JSON.parse(text ?? 'null') as Partial<IKept> | null;
    return typeof found?.document === 'string' &&
      typeof found.evidence?.id === 'string' &&
      typeof found.evidence.at === 'string'
      ? [found as IKept]
      : [];
  } catch {
    return [];
  }
}
