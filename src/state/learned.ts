/**
 * What the learner did and understood, as the features share it: the path, asked for on
 * demand, and the evidence of open lessons. It decides nothing about mastery (the server
 * does), and knows no widget.
 */
import { PathExt } from '@jupyterlab/coreutils';
import { UUID } from '@lumino/coreutils';

import { ApiError } from '../api/failure';
import type { Evidence, Progress } from '../api/types.gen';
import type {
  Deed,
  IField,
  ILearned,
  ILearnerApi,
  ISession,
  IUnsent,
  Loaded
} from '../tokens';
import { merged } from './answers';
import { Field } from './field';
import type { IKept, Unsent } from './unsent';

/** The server takes so many lines at once. */
const AT_ONCE = 50;

interface IRecalled {
  /** The one that was asked about first. */
  readonly document: string;
  readonly field: Field<readonly Evidence[]>;
}

export class Learned implements ILearned {
  constructor(
    private readonly _api: ILearnerApi,
    private readonly _session: Pick<ISession, 'document' | 'status'>,
    private readonly _kept: Unsent
  ) {
    _session.status.changed.connect(() => {
      const place = this._place();
      if (place !== this._asked && place !== null) {
        void this.look();
      }
    });
  }

  readonly progress = new Field<Loaded<Progress>>({ kind: 'nothing' });
  readonly unsent = new Field<IUnsent | null>(null);

  /** What is shown stays until its successor is here, also while the server is away. */
  async look(first = false): Promise<void> {
    if (this.progress.value.kind === 'nothing') {
      if (!first) {
        return;
      }
      this.progress.set({ kind: 'loading' });
    }
    const turn = ++this._turn;
    const place = this._place();
    const moved = place !== this._asked;
    this._asked = place;
    try {
      const value = await this._api.progress(this._session.document.value);
      if (turn === this._turn) {
        this.progress.set({ kind: 'ready', value });
      }
    } catch (thrown) {
      if (turn === this._turn && (moved || !this._ready)) {
        const { sentence, hint } = ApiError.from(thrown);
        this.progress.set({ kind: 'failed', sentence, hint });
      }
    }
  }

  evidence(document: string): IField<readonly Evidence[]> {
    const folder = PathExt.dirname(document);
    const known = this._evidence.get(folder);
    if (known !== undefined) {
      return known.field;
    }
    const field = new Field<readonly Evidence[]>(merged(this._mine(folder)));
    const recalled = { document, field };
    this._evidence.set(folder, recalled);
    void this._recall(recalled);
    return field;
  }

  async recall(): Promise<void> {
    await Promise.all(
      [...this._evidence.values()].map(recalled => this._recall(recalled))
    );
  }

  async give(document: string, deed: Deed): Promise<void> {
    const evidence: Evidence = {
      format: 1,
      id: UUID.uuid4(),
      at: new Date().toISOString(),
      outcome: 'seen',
      answer: '',
      ...deed
    };
    this._kept.keep({ document, evidence });
    const field = this._evidence.get(PathExt.dirname(document))?.field;
    field?.set(merged(field.value, [evidence]));
    await this.send();
  }

  /** One after the other: what is given meanwhile goes with the next. */
  send(): Promise<void> {
    this._sending = this._sending.then(() => this._send());
    return this._sending;
  }

  private async _send(): Promise<void> {
    const all = this._kept.all();
    if (all.length === 0) {
      this.unsent.set(null);
      return;
    }
    let failure: ApiError | null = null;
    for (const group of grouped(all)) {
      failure = (await this._post(group)) ?? failure;
    }
    const left = this._kept.all();
    this.unsent.set(
      left.length === 0 || failure === null
        ? null
        : {
            ids: new Set(left.map(({ evidence }) => evidence.id)),
            sentence: failure.sentence,
            hint: failure.hint
          }
    );
    if (left.length < all.length) {
      await this.look();
    }
  }

  /** A line that the server refuses must not hold up those beside it. */
  private async _post(group: readonly IKept[]): Promise<ApiError | null> {
    try {
      await this._api.giveEvidence(
        group[0].document,
        group.map(({ evidence }) => evidence)
      );
    } catch (thrown) {
      const error = ApiError.from(thrown);
      if (error.code !== 'bad_input' || group.length === 1) {
        return error;
      }
      let failure: ApiError | null = null;
      for (const one of group) {
        failure = (await this._post([one])) ?? failure;
      }
      return failure;
    }
    group.forEach(({ evidence }) => this._kept.drop(evidence.id));
    return null;
  }

  /** Without the server, what this browser knows stands. */
  private async _recall({ document, field }: IRecalled): Promise<void> {
    try {
      const { evidence } = await this._api.exportProgress(document);
      field.set(merged(evidence, this._mine(PathExt.dirname(document))));
    } catch (thrown) {
      console.warn('Evidence:', thrown);
    }
  }

  /** What the server does not have yet, of documents in this folder. */
  private _mine(folder: string): readonly Evidence[] {
    return this._kept
      .all()
      .filter(({ document }) => PathExt.dirname(document) === folder)
      .map(({ evidence }) => evidence);
  }

  private get _ready(): boolean {
    return this.progress.value.kind === 'ready';
  }

  /** Another workspace, or other lessons in it: another path. */
  private _place(): string | null {
    const status = this._session.status.value;
    if (status.kind !== 'ready') {
      return null;
    }
    const { workspace, index } = status.value;
    return `${workspace?.prefix ?? '-'} ${index?.content_hash ?? ''}`;
  }

  /** By folder: what lies in one folder belongs to one workspace. */
  private readonly _evidence = new Map<string, IRecalled>();
  private _sending: Promise<void> = Promise.resolve();
  /** The place whose path was asked for last. */
  private _asked: string | null = null;
  private _turn = 0;
}

/** By document, and no more at once than the server takes. */
function grouped(all: readonly IKept[]): IKept[][] {
  const documents = new Map<string, IKept[]>();
  for (const kept of all) {
    documents.set(kept.document, [
      ...(documents.get(kept.document) ?? []),
      kept
    ]);
  }
  return [...documents.values()].flatMap(group =>
    Array.from({ length: Math.ceil(group.length / AT_ONCE) }, (_, n) =>
      group.slice(n * AT_ONCE, (n + 1) * AT_ONCE)
    )
  );
}
