/**
 * Steps in time: play, pause, or a number of steps in a row. Pauses while the picture
 * is out of view or the page is hidden; with reduced motion the steps come as one cut.
 */
import type { Leaving } from './host';

/** Milliseconds between two steps: slow enough to follow one arrow. */
const PACE = 350;

export class Player {
  constructor(
    root: Element,
    leaving: Leaving,
    private readonly _step: () => boolean,
    private readonly _changed: () => void,
    private readonly _pace = PACE
  ) {
    const watcher = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting === false) {
        this.pause();
      }
    });
    watcher.observe(root);
    const hidden = (): void => {
      if (document.hidden) {
        this.pause();
      }
    };
    document.addEventListener('visibilitychange', hidden);
    leaving.add(() => {
      document.removeEventListener('visibilitychange', hidden);
      watcher.disconnect();
      clearTimeout(this._timer);
    });
  }

  get playing(): boolean {
    return this._timer !== undefined;
  }

  /** Step on until a step says that it was the last, or `count` of them are done. */
  play(count = Infinity, cut = false): Promise<void> {
    this.pause();
    if (cut) {
      for (let n = 0; n < Math.min(count, 1_000) && this._step(); n++);
      return Promise.resolve();
    }
    return new Promise(done => {
      this._done = done;
      const next = (left: number): void => {
        if (left > 0 && this._step()) {
          this._timer = setTimeout(() => next(left - 1), this._pace);
        } else {
          this.pause();
        }
      };
      this._timer = setTimeout(() => next(count), 0);
      this._changed();
    });
  }

  /** Whoever waits for the end of the steps waits no longer. */
  pause(): void {
    clearTimeout(this._timer);
    this._timer = undefined;
    this._changed();
    this._done();
  }

  private _done = (): void => undefined;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}
