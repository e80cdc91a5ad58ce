/**
 * What the learner points at inside a picture. The host passes it on, so that other
 * pictures, the code and the map light the same thing; a picture lights what the host
 * says in turn. Places count from 0.
 */
import type { IModel, Leaving } from './host';

export interface IFocus {
  readonly token?: number;
  readonly row?: number;
  readonly column?: number;
  readonly head?: number;
  readonly pair?: number;
  /** Where one part of a picture shows another concept than the whole. */
  readonly concept?: string;
}

/** Tell the host; null: no longer pointing at anything. */
export function point(model: IModel, focus: IFocus | null): void {
  model.set('focus', focus);
  model.save_changes();
}

/** Call `light` whenever the host, or this picture, points at something else. */
export function followFocus(
  model: IModel,
  leaving: Leaving,
  light: (focus: IFocus | null) => void
): void {
  leaving.watch(model, 'change:focus', () =>
    light((model.get('focus') ?? null) as IFocus | null)
  );
}
