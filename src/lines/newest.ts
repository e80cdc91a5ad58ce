/** The lines of the newest trace of the workspace that is looked at. */
import type { NewestLines } from '../api/types.gen';
import { Field } from '../state/field';
import type { IApi } from '../tokens';

const NOTHING: NewestLines = { prefix: '', mark: '', name: null, lines: null };

/** Asks when it is told to, never by itself; what it knows stays until it is replaced. */
export class NewestTrace {
  constructor(private readonly _api: Pick<IApi, 'lines'>) {}

  /** What editors show. */
  readonly shown = new Field<NewestLines>(NOTHING);

  /** Never rejects. Calls while one is under way are one more call after it. */
  async refresh(document: string): Promise<void> {
    this._wanted = document;
    if (this._asking) {
      return;
    }
    this._asking = true;
    try {
      while (this._wanted !== null) {
        const wanted: string = this._wanted;
        this._wanted = null;
        await this._ask(wanted);
      }
    } finally {
      this._asking = false;
    }
  }

  /** Show nothing until there is a newer trace. True where something was shown. */
  clear(): boolean {
    const { mark, lines } = this.shown.value;
    this.cleared.set(mark === '' ? this.cleared.value : mark);
    this.shown.set(NOTHING);
    return lines !== null;
  }

  /** The mark of what was cleared: kept over a reload by whoever watches. */
  readonly cleared = new Field<string>('');

  private async _ask(document: string): Promise<void> {
    const known = this.shown.value;
    let found: NewestLines;
    try {
      found = await this._api.lines(document, known.mark);
    } catch {
      return; // not a workspace, or the server is away: nobody asked to be told
    }
    if (found.mark === '' || found.mark === this.cleared.value) {
      this.shown.set(NOTHING);
    } else if (found.mark !== known.mark || found.prefix !== known.prefix) {
      this.shown.set(found);
    }
  }

  private _asking = false;
  private _wanted: string | null = null;
}
