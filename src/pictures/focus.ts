/**
 * Joins the pictures of a page to the selection bus: where the learner points inside one
 * is told to the session, and what another picture says is lit in these.
 */
import type { ConceptId, NodeId, PictureId } from '../api/types.gen';
import { conceptNodeId } from '../state/graph';
import type { IField, IPointing } from '../tokens';
import type { PictureModel } from './picture';

type Focus = NonNullable<IPointing['focus']>;

/** Which picture it is, and what it shows; of the latter perhaps nothing is known yet. */
export interface IPictureName {
  readonly id: PictureId;
  readonly concepts: readonly ConceptId[];
}

/** For one page; leaves the bus with `signal`. */
export class PictureFocus {
  constructor(
    private readonly _pointing: IField<IPointing | null>,
    private readonly _signal: AbortSignal
  ) {
    const hear = (): void => this._hear();
    _pointing.changed.connect(hear);
    _signal.addEventListener('abort', () => {
      _pointing.changed.disconnect(hear);
      this._withdraw();
    });
  }

  /** `stage` is where the picture is drawn: who leaves it points at nothing in it. */
  join(model: PictureModel, meta: IPictureName, stage: HTMLElement): void {
    this._models.add(model);
    model.on('change:focus', () => this._tell(model, meta));
    const on = { signal: this._signal };
    const left = (): void => {
      if (this._source === model) {
        model.set('focus', null);
      }
    };
    stage.addEventListener(
      'pointerleave',
      () => stage.contains(document.activeElement) || left(),
      on
    );
    stage.addEventListener(
      'focusout',
      event => stage.contains(event.relatedTarget as Node | null) || left(),
      on
    );
  }

  leave(model: PictureModel): void {
    this._models.delete(model);
    this._lit.delete(model);
  }

  /** A picture was pointed into, or is no longer. */
  private _tell(model: PictureModel, meta: IPictureName): void {
    if (this._hearing) {
      return; // It repeats what it was told.
    }
    const focus = (model.get('focus') ?? null) as Focus | null;
    this._lit.delete(model);
    if (focus === null) {
      if (this._source === model) {
        this._withdraw();
      }
      return;
    }
    this._source = model;
    this._own = {
      ids: [...conceptsOf(focus, meta), `viz:${meta.id}` as NodeId],
      by: 'picture',
      focus
    };
    this._pointing.set(this._own);
  }

  /** Somebody points: a focus goes to all pictures but the one it came from. */
  private _hear(): void {
    const pointing = this._pointing.value;
    const focus = pointing?.by === 'picture' ? pointing.focus : undefined;
    const source = pointing === this._own ? this._source : null;
    this._hearing = true;
    for (const model of this._models) {
      if (model === source) {
        continue;
      }
      if (focus !== undefined) {
        this._lit.add(model);
        model.set('focus', focus);
      } else if (this._lit.delete(model)) {
        model.set('focus', null);
      }
    }
    this._hearing = false;
  }

  private _withdraw(): void {
    const own = this._own;
    this._own = null;
    this._source = null;
    if (own !== null && this._pointing.value === own) {
      this._pointing.set(null);
    }
  }

  private readonly _models = new Set<PictureModel>();
  /** Pictures that show a focus from elsewhere, to be taken back. */
  private readonly _lit = new Set<PictureModel>();
  private _own: IPointing | null = null;
  private _source: PictureModel | null = null;
  private _hearing = false;
}

/** One part of a picture may show another concept than the whole. */
function conceptsOf(focus: Focus, meta: IPictureName): readonly NodeId[] {
  return typeof focus.concept === 'string'
    ? [`concept:${focus.concept}` as NodeId]
    : meta.concepts.map(conceptNodeId);
}
