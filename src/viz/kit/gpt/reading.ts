/**
 * A text being read by the model in the page. A long one is read in slices, so that the page
 * answers in between; what was read before is not read again. Knows no drawing.
 */
import type { IOpened } from './files';

/** Milliseconds of one slice: half a frame. */
const SLICE = 8;

export class Reading {
  constructor(private readonly _model: IOpened) {}

  /** The ids read so far. */
  get ids(): readonly number[] {
    return this._ids;
  }

  /** Milliseconds a token, over all that were read here. */
  get cost(): number {
    return this._spent / Math.max(this._read, 1);
  }

  /**
   * Read `ids`, as far as they are not read yet. Resolves with false when it was stopped, or
   * when another text came in between. The first slice is done before this returns.
   */
  async go(
    ids: readonly number[],
    progress: (done: number, total: number) => void = () => undefined
  ): Promise<boolean> {
    const mine = ++this._turn;
    const same = ids.findIndex((id, n) => id !== this._ids[n]);
    this.rewind(same < 0 ? ids.length : same);
    while (this._ids.length < ids.length) {
      const end = performance.now() + SLICE;
      while (this._ids.length < ids.length && performance.now() < end) {
        this.read(ids[this._ids.length] as number);
      }
      if (this._ids.length < ids.length) {
        progress(this._ids.length, ids.length);
        await nextTask();
        if (mine !== this._turn) {
          return false;
        }
      }
    }
    return true;
  }

  /** Read one more token. Throws a sentence when the context is full. */
  read(id: number): void {
    const begun = performance.now();
    const scores = this._model.gpt.read(id);
    this._spent += performance.now() - begun;
    this._read += 1;
    const before = this._scores.at(-1);
    this._given.push(before === undefined ? null : share(before, id));
    this._ids.push(id);
    this._scores.push(scores);
  }

  rewind(length: number): void {
    this._model.gpt.rewind(length);
    this._ids.length = Math.min(this._ids.length, length);
    this._scores.length = this._given.length = this._ids.length;
  }

  /** What is being read in slices stops after the slice at work. */
  stop(): void {
    this._turn++;
  }

  /** The scores after the token at `place`. */
  scores(place: number): Float32Array | undefined {
    return this._scores[place];
  }

  /** The share that the token at `place` got before it came; null for the first. */
  given(place: number): number | null {
    return this._given[place] ?? null;
  }

  private readonly _ids: number[] = [];
  private readonly _given: Array<number | null> = [];
  private readonly _scores: Float32Array[] = [];
  private _spent = 0;
  private _read = 0;
  private _turn = 0;
}

/** The browser comes first: input, drawing, then the next slice. */
function nextTask(): Promise<void> {
  return new Promise(done => {
    setTimeout(done, 0);
  });
}

/** Softmax of one of them, the largest taken off first. */
function share(scores: Float32Array, id: number): number {
  const top = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  const total = scores.reduce((sum, score) => sum + Math.exp(score - top), 0);
  return Math.exp((scores[id] as number) - top) / total;
}
