/**
 * What a picture meets: the model of its host (panel, notebook, plain page), and the
 * wrapper that makes a drawing function an anywidget front-end module.
 */

export interface IModel {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  save_changes(): void;
  on(event: string, listener: () => void): void;
  off(event: string, listener: () => void): void;
}

export interface IRenderContext {
  model: IModel;
  el: HTMLElement;
  signal?: AbortSignal;
}

/** Undo of one drawing: everything it registered, in one list. */
export class Leaving {
  add(undo: () => void): void {
    this._undos.push(undo);
  }

  /** Watch the model; the watch ends with the drawing. */
  watch(model: IModel, event: string, listener: () => void): void {
    model.on(event, listener);
    this.add(() => model.off(event, listener));
  }

  leave(): void {
    this._undos.splice(0).forEach(undo => undo());
  }

  private readonly _undos: Array<() => void> = [];
}

/**
 * A drawing function as a picture's default export. Whatever `draw` puts into the
 * root goes with it, on the returned function and on the host's signal alike.
 */
export function picture(
  draw: (model: IModel, root: HTMLElement, leaving: Leaving) => void
): { render(context: IRenderContext): () => void } {
  return {
    render({ model, el, signal }) {
      const leaving = new Leaving();
      const root = document.createElement('div');
      root.className = 'nl-root';
      leaving.add(() => root.remove());
      el.append(root);
      const leave = (): void => {
        signal?.removeEventListener('abort', leave);
        leaving.leave();
      };
      signal?.addEventListener('abort', leave);
      draw(model, root, leaving);
      return leave;
    }
  };
}
