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
 * root goes with it, on the returned function and on the host's signal alike. When the
 * host brings other `inputs`, the picture is drawn anew: they may differ in length. They
 * may come one after the other: until they fit together, what `draw` threw stands there.
 */
export function picture(
  draw: (model: IModel, root: HTMLElement, leaving: Leaving) => void,
  inputs: readonly string[] = []
): { render(context: IRenderContext): () => void } {
  return {
    render({ model, el, signal }) {
      const watching = new Leaving();
      let drawing = new Leaving();
      const begin = (): void => {
        drawing.leave();
        drawing = new Leaving();
        try {
          draw(model, stage(), drawing);
        } catch (error) {
          drawing.leave();
          const text = sentence(error);
          stage().append(text);
        }
      };
      const stage = (): HTMLElement => {
        const root = document.createElement('div');
        root.className = 'nl-root';
        drawing.add(() => root.remove());
        el.append(root);
        return root;
      };
      const leave = (): void => {
        signal?.removeEventListener('abort', leave);
        watching.leave();
        drawing.leave();
      };
      signal?.addEventListener('abort', leave);
      inputs.forEach(name => watching.watch(model, `change:${name}`, begin));
      begin();
      return leave;
    }
  };
}

/** What was thrown as a sentence for the learner; a fault of the code is thrown on. */
function sentence(error: unknown): HTMLElement {
  if (!(error instanceof Error) || error.name !== 'Error') {
    throw error;
  }
  const text = document.createElement('p');
  text.setAttribute('role', 'status');
  text.textContent = error.message;
  return text;
}
