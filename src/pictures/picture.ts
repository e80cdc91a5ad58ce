/**
 * A host for pictures: imports the module by its address and gives it a model, an
 * element and a signal, as anywidget does. It knows nothing of any picture.
 */

/** What surrounds a picture; set again whenever it changes. */
export interface IPictureEnv {
  readonly theme: 'light' | 'dark';
  readonly reducedMotion: boolean;
  readonly lang: string;
}

type Listener = (model: PictureModel, value: unknown) => void;

/** The part of anywidget's model that pictures use: values by name, and their changes. */
export class PictureModel {
  constructor(values: Readonly<Record<string, unknown>> = {}) {
    this._values = new Map(Object.entries(values));
  }

  get(key: string): unknown {
    return this._values.get(key);
  }

  set(key: string, value: unknown): void {
    if (Object.is(this._values.get(key), value)) {
      return;
    }
    this._values.set(key, value);
    this._emit(`change:${key}`, value);
    this._emit('change', undefined);
  }

  /** There is no kernel behind: what is set is saved. */
  save_changes(): void {}

  on(event: string, listener: Listener): void {
    const listeners = this._listeners.get(event) ?? new Set();
    this._listeners.set(event, listeners.add(listener));
  }

  /** Without a listener all of the event's go; without an event, all. */
  off(event?: string, listener?: Listener): void {
    if (event === undefined) {
      this._listeners.clear();
    } else if (listener === undefined) {
      this._listeners.delete(event);
    } else {
      this._listeners.get(event)?.delete(listener);
    }
  }

  private _emit(event: string, value: unknown): void {
    for (const listener of [...(this._listeners.get(event) ?? [])]) {
      listener(this, value);
    }
  }

  private readonly _values: Map<string, unknown>;
  private readonly _listeners = new Map<string, Set<Listener>>();
}

type Cleanup = () => unknown;

interface IPictureModule {
  readonly default: {
    render(context: {
      model: PictureModel;
      el: HTMLElement;
      signal: AbortSignal;
    }): Cleanup | void | Promise<Cleanup | void>;
  };
}

/** The browser's own import: the bundler must not touch the address. */
export function importModule(url: string): Promise<unknown> {
  return import(/* webpackIgnore: true */ /* @vite-ignore */ url);
}

/**
 * Import the module at `url` and let it draw into `el`, until `signal` aborts; then
 * its cleanup runs and `el` is empty. Rejects with a plain error when the module
 * cannot be loaded or does not draw.
 */
export async function mountPicture(
  url: string,
  el: HTMLElement,
  model: PictureModel,
  signal: AbortSignal,
  load: (url: string) => Promise<unknown> = importModule
): Promise<void> {
  const module = await load(url);
  if (signal.aborted) {
    return;
  }
  if (!isPicture(module)) {
    throw new Error('The file has no picture in it.');
  }
  let cleanup: Cleanup | void;
  try {
    cleanup = await module.default.render({ model, el, signal });
  } catch (thrown) {
    el.replaceChildren();
    throw thrown;
  }
  const leave = (): void => {
    model.off();
    cleanup?.();
    el.replaceChildren();
  };
  if (signal.aborted) {
    leave();
  } else {
    signal.addEventListener('abort', leave, { once: true });
  }
}

function isPicture(module: unknown): module is IPictureModule {
  const found = (module as { default?: { render?: unknown } } | null)?.default;
  return typeof found?.render === 'function';
}
