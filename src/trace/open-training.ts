/** A training that is open: its records as far as they are known, and what it was asked to do. */
import type { TrainingRecord } from '../api/types.gen';
import type { ITraceApi } from '../tokens';

export class OpenTraining {
  private constructor(
    private readonly _api: ITraceApi,
    private readonly _document: string,
    readonly name: string
  ) {}

  /** Resolves with the first page. Rejects with the `ApiError`. */
  static async open(
    api: ITraceApi,
    document: string,
    name: string
  ): Promise<OpenTraining> {
    const training = new OpenTraining(api, document, name);
    await training.refresh();
    return training;
  }

  /** In order, without the sizes of single matrices. */
  get records(): readonly TrainingRecord[] {
    return this._records;
  }

  get isPartial(): boolean {
    return this._records.length < this._total;
  }

  get isGrowing(): boolean {
    return this._growing;
  }

  /** Whether it was asked to wait before its next step. */
  get isPaused(): boolean {
    return this._paused;
  }

  get damaged(): readonly string[] {
    return this._damaged;
  }

  /** Ask for what came since. True when anything changed. */
  async refresh(): Promise<boolean> {
    const known = this._records.length;
    const before = this._mark;
    const page = await this._api.training(this._document, this.name, known);
    if (page.first === known && this._records.length === known) {
      this._records = [...this._records, ...page.records];
    }
    this._total = page.total;
    this._growing = page.manifest.state === 'growing';
    this._paused = page.paused;
    this._damaged = page.damaged;
    return before !== this._mark;
  }

  /** One record with the sizes of every matrix. Rejects with the `ApiError`. */
  async whole(at: number): Promise<TrainingRecord | undefined> {
    const here = this._whole.get(at);
    if (here !== undefined) {
      return here;
    }
    const { records } = await this._api.training(
      this._document,
      this.name,
      at,
      true
    );
    if (records.length > 0) {
      this._whole.set(at, records[0]);
    }
    return records[0];
  }

  /** Rejects with the `ApiError`. */
  async pause(paused: boolean): Promise<void> {
    await this._api.pauseTraining(this._document, this.name, paused);
    this._paused = paused;
  }

  private get _mark(): string {
    return [this._records.length, this._growing, this._paused].join();
  }

  private _records: readonly TrainingRecord[] = [];
  private _total = 0;
  private _growing = false;
  private _paused = false;
  private _damaged: readonly string[] = [];
  private readonly _whole = new Map<number, TrainingRecord>();
}
