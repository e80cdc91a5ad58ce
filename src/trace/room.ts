/**
 * What the panel shows and what was chosen in it: one trace, one step, one tensor, one cell.
 * Asks the server; draws nothing.
 */
import { type ISignal, Signal } from '@lumino/signaling';

import { ApiError } from '../api/failure';
import type { TraceDifference, TraceList, TraceStep } from '../api/types.gen';
import type { ITraceApi, Loaded } from '../tokens';
import { type IOffered, offered, patternLayers, patternName } from './names';
import { OpenTrace } from './open-trace';
import { OpenTraining } from './open-training';

export type Way = 'heatmap' | 'histogram' | 'table';

export interface IChoice {
  /** Place among the recorded steps. */
  readonly step: number;
  readonly tensor: string;
  /** Places in the directions before the last two: row of the batch, head. */
  readonly at: readonly number[];
  readonly cell: readonly [number, number];
  readonly way: Way;
  /** The trace to compare with, '' for none. */
  readonly other: string;
}

const START: IChoice = {
  step: 0,
  tensor: '',
  at: [],
  cell: [0, 0],
  way: 'heatmap',
  other: ''
};

/** Steps from the one in view, in the order in which they are fetched: itself first. */
const AHEAD = [0, 1, 2, -1, 3, 4, 5, 6, 7, 8];

/** What survives a reload. */
export interface IKept {
  readonly name: string;
  readonly choice: IChoice;
}

export class Room {
  constructor(
    private readonly _api: ITraceApi,
    private readonly _document: () => string
  ) {}

  /** Something to draw anew. */
  get changed(): ISignal<Room, void> {
    return this._changed;
  }

  list: Loaded<TraceList> = { kind: 'nothing' };
  open: Loaded<OpenTrace> = { kind: 'nothing' };
  /** Its records, where the open trace is one of a training. */
  training: OpenTraining | null = null;
  /** The trace that is compared with. */
  other: Loaded<OpenTrace> = { kind: 'nothing' };
  choice: IChoice = START;

  get trace(): OpenTrace | null {
    return this.open.kind === 'ready' ? this.open.value : null;
  }

  get step(): TraceStep | null {
    return this.trace?.steps[this.choice.step] ?? null;
  }

  /** The tensors of the step in view. */
  get offered(): readonly IOffered[] {
    const { trace, step } = this;
    return trace === null || step === null ? [] : offered(trace.manifest, step);
  }

  get kept(): IKept | null {
    return this.trace === null
      ? null
      : { name: this.trace.name, choice: this.choice };
  }

  async refreshList(): Promise<void> {
    if (this.list.kind !== 'ready') {
      this.list = { kind: 'loading' };
      this._tell();
    }
    try {
      const value = await this._api.traces(this._document());
      this.list = { kind: 'ready', value };
    } catch (thrown) {
      this.list = failed(thrown);
    }
    this._tell();
  }

  /** Never rejects: what failed stands in `open`. */
  async show(name: string, choice: Partial<IChoice> = {}): Promise<void> {
    const turn = ++this._turn;
    this.open = { kind: 'loading' };
    this.other = { kind: 'nothing' };
    this._tell();
    let found: Loaded<OpenTrace>;
    let training: OpenTraining | null = null;
    const [api, document] = [this._api, this._document()];
    try {
      const value = await OpenTrace.open(api, document, name);
      if (value.manifest.kind === 'training') {
        training = await OpenTraining.open(api, document, name);
      }
      found = { kind: 'ready', value };
    } catch (thrown) {
      found = failed(thrown);
    }
    if (turn !== this._turn) {
      return;
    }
    this.open = found;
    this.training = training;
    const step = training === null ? 0 : training.records.length - 1;
    this.choice = { ...START, step, ...choice, other: '' };
    this._settle();
    this._tell();
    void this._fetchAhead();
    if (choice.other) {
      void this.compareWith(choice.other);
    }
    await this._loadRest(turn);
    if (turn === this._turn && choice.step !== undefined) {
      this.choose({ step: choice.step }); // it may lie on a later page
    }
  }

  close(): void {
    this._turn++;
    this.open = { kind: 'nothing' };
    this._tell();
    void this.refreshList();
  }

  async remove(name: string): Promise<void> {
    await this._api.removeTrace(this._document(), name);
    await this.refreshList();
  }

  choose(some: Partial<IChoice>): void {
    this.choice = { ...this.choice, ...some };
    this._settle();
    this._tell();
    void this._fetchAhead();
  }

  async compareWith(name: string): Promise<void> {
    this.choose({ other: name });
    this.other = { kind: name === '' ? 'nothing' : 'loading' };
    this._tell();
    if (name === '') {
      return;
    }
    try {
      const value = await OpenTrace.open(this._api, this._document(), name);
      while (value.isPartial && (await value.refresh())) {
        // pages follow each other
      }
      this.other = { kind: 'ready', value };
    } catch (thrown) {
      this.other = failed(thrown);
    }
    this._tell();
  }

  /** Rejects with the `ApiError`. */
  difference(one: string, other: string): Promise<TraceDifference> {
    return this._api.difference(this._document(), one, other);
  }

  /** Look for what came since; who stands on the last step of a live trace goes along. */
  async look(): Promise<void> {
    const { trace } = this;
    if (trace === null) {
      const { list } = this;
      const live =
        list.kind === 'ready' &&
        list.value.traces.some(({ state }) => state === 'growing');
      return live ? this.refreshList() : undefined;
    }
    const growing = this.training ?? trace;
    if (!growing.isGrowing || this._looking) {
      return;
    }
    this._looking = true;
    const atEnd = this.choice.step >= this._count - 1;
    try {
      if (await growing.refresh()) {
        if (!growing.isGrowing && growing !== trace) {
          await trace.refresh(); // what it says of itself came with the end
        }
        this.choose(atEnd ? { step: this._count - 1 } : {});
      }
    } catch {
      // The server is away: what is here stays, and the next look asks again.
    } finally {
      this._looking = false;
    }
  }

  /** Ask the open training to wait, or to go on. Rejects with the `ApiError`. */
  async pause(paused: boolean): Promise<void> {
    await this.training?.pause(paused);
    this._tell();
  }

  /** How many steps there are to stand on. */
  private get _count(): number {
    return (this.training?.records ?? this.trace?.steps ?? []).length;
  }

  private async _loadRest(turn: number): Promise<void> {
    const growing = this.training ?? this.trace;
    try {
      while (growing?.isPartial && turn === this._turn) {
        if (!(await growing.refresh())) {
          return;
        }
        this._tell();
      }
    } catch {
      // The steps that came can be played.
    }
  }

  /** Only what the trace has can be chosen. */
  private _settle(): void {
    const { trace } = this;
    if (trace === null) {
      return;
    }
    const last = Math.max(this._count - 1, 0);
    const step = Math.min(Math.max(Math.trunc(this.choice.step), 0), last);
    this.choice = { ...this.choice, step };
    const all = this.offered;
    if (
      all.length > 0 &&
      (this.choice.tensor === '' ||
        !all.some(({ name }) => name === this.choice.tensor))
    ) {
      const layer = patternLayers(all)[0];
      const tensor =
        layer === undefined
          ? (all.find(({ kept }) => kept === 'values') ?? all[0]).name
          : patternName(layer);
      this.choice = { ...this.choice, tensor };
    }
  }

  /**
   * The numbers of the steps around, one after the other, behind those in view: who goes on
   * finds them here. Never rejects: whoever asks for them is told what is wrong.
   */
  private async _fetchAhead(): Promise<void> {
    const turn = ++this._ahead;
    const { trace } = this;
    const { step, tensor } = this.choice;
    try {
      for (const away of AHEAD) {
        const near = trace?.steps[step + away];
        if (trace === null || near === undefined) {
          continue;
        }
        if (offered(trace.manifest, near).some(({ name }) => name === tensor)) {
          await trace.numbers(near.step, tensor);
        }
        if (turn !== this._ahead) {
          return;
        }
      }
    } catch {
      // It is asked for again as soon as it is in view.
    }
  }

  private _tell(): void {
    this._changed.emit();
  }

  private _turn = 0;
  private _ahead = 0;
  private _looking = false;
  private readonly _changed = new Signal<Room, void>(this);
}

export function failed(thrown: unknown): {
  kind: 'failed';
  sentence: string;
  hint: string;
} {
  const { sentence, hint } = ApiError.from(thrown);
  return { kind: 'failed', sentence, hint };
}
