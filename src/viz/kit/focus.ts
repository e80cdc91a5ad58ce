/**
 * What the learner points at inside a picture, by mouse or keyboard focus alike. It stands
 * in the model as `focus`: the host passes it on, so that other pictures, the code and the
 * map light the same thing, and a picture lights whatever stands there. Places count from 0.
 */
import type { IModel, Leaving } from './host';

export interface IFocus {
  /** The place in the text: the same in every picture. */
  readonly token?: number;
  readonly head?: number;
  /** A row and a column of what the picture shows: a table, or one list of numbers. */
  readonly row?: number;
  readonly column?: number;
  readonly pair?: number;
  /** Where one part of a picture shows another concept than the whole. */
  readonly concept?: string;
}

/** Of mouse and keyboard the latest counts; when it leaves, the other; then nothing. */
export interface IPointing {
  hover(focus: IFocus | null): void;
  onto(focus: IFocus | null): void;
}

/** `light` is called when this picture, or the host, points at something else. */
export function pointing(
  model: IModel,
  leaving: Leaving,
  light: (focus: IFocus | null) => void
): IPointing {
  let hovered: IFocus | null = null;
  let reached: IFocus | null = null;
  const stands = (): IFocus | null =>
    (model.get('focus') ?? null) as IFocus | null;
  const tell = (focus: IFocus | null): void => {
    if (JSON.stringify(focus) !== JSON.stringify(stands())) {
      model.set('focus', focus);
      model.save_changes();
    }
  };
  leaving.watch(model, 'change:focus', () => light(stands()));
  leaving.add(() => {
    if (hovered !== null || reached !== null) {
      tell(null);
    }
  });
  return {
    hover(focus) {
      hovered = focus;
      tell(hovered ?? reached);
    },
    onto(focus) {
      reached = focus;
      tell(reached ?? hovered);
    }
  };
}

/** Make a part of a picture, or a control in it, one that can be pointed at. */
export function pointable(
  part: HTMLElement,
  { hover, onto }: IPointing,
  focus: (byKey: boolean) => IFocus
): void {
  part.addEventListener('pointerenter', () => hover(focus(false)));
  part.addEventListener('focusin', () => onto(focus(true)));
}

/** Leaving what holds these parts ends the pointing; on the way between two it lasts. */
export function pointableWithin(
  all: HTMLElement,
  { hover, onto }: IPointing
): void {
  all.addEventListener('pointerleave', () => hover(null));
  all.addEventListener('focusout', event => {
    if (!all.contains(event.relatedTarget as Node | null)) {
      onto(null);
    }
  });
}
