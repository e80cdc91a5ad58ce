/**
 * Whom the tutor asks and how far the vectors are, as two fields that panel and dialogs
 * share. Lazy: nothing is requested before somebody calls `refresh`.
 */
import { ApiError } from '../api/failure';
import type { RetrievalState, TutorState } from '../api/types.gen';
import { Field } from '../state/field';
import type { ISession, ITutorApi, Loaded } from '../tokens';

const NOTHING = { kind: 'nothing' } as const;

export class Circumstances {
  constructor(
    private readonly _api: ITutorApi,
    private readonly _session: ISession
  ) {}

  /** Base URL, where the key comes from, model. Dialogs set it to what the server answered. */
  readonly tutor = new Field<Loaded<TutorState>>(NOTHING);
  readonly retrieval = new Field<Loaded<RetrievalState>>(NOTHING);

  /** Ask for both again. Never rejects: what failed stands in the fields. */
  async refresh(): Promise<void> {
    const document = this._session.document.value;
    await Promise.all([
      load(this.tutor, this._api.tutorState(document)),
      this.refreshRetrieval()
    ]);
  }

  /** Ask again how far the vectors are. Never rejects. */
  refreshRetrieval(): Promise<void> {
    const document = this._session.document.value;
    return load(this.retrieval, this._api.retrieval(document));
  }
}

async function load<T>(
  field: Field<Loaded<T>>,
  asked: Promise<T>
): Promise<void> {
  try {
    field.set({ kind: 'ready', value: await asked });
  } catch (thrown) {
    const { sentence, hint } = ApiError.from(thrown);
    field.set({ kind: 'failed', sentence, hint });
  }
}
