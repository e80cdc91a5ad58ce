/** Where the drawing is on the ladder of steps, in frames, and its way to the step asked for. */
const FRAMES = 16;
/** Frames of rest at each step while all are played. */
const REST = 30;

/** Milliseconds a frame. */
export const PACE = 33;

export class Ladder {
  /** `last` is the last step that the sizes allow to be drawn; `end` the last there is. */
  constructor(
    private _asked: number,
    private readonly _last: () => number,
    private readonly _end: number
  ) {
    this._at = this.drawn * FRAMES;
  }

  get asked(): number {
    return this._asked;
  }

  /** The step asked for, or the nearest that can be drawn. */
  get drawn(): number {
    return Math.min(this._asked, this._last());
  }

  /** The step the drawing is at or has left, and how far it is to the next. */
  get step(): number {
    return Math.floor(this._at / FRAMES);
  }

  get t(): number {
    return (this._at % FRAMES) / FRAMES;
  }

  get arrived(): boolean {
    return this._at === this.drawn * FRAMES;
  }

  /** Ask for a step; the frames go there. */
  ask(step: number): void {
    this._asked = step;
    this._through = false;
    this._rest = 0;
  }

  /** Be where the step asked for is, without frames. */
  jump(): void {
    this._through = false;
    this._at = this.drawn * FRAMES;
  }

  /** From here, or from the start, through all steps. */
  playThrough(): void {
    if (this._asked === this._end) {
      this._at = this._asked = 0;
    }
    this._through = true;
    this._rest = 0;
  }

  /** Stop at the step that is nearest. */
  stop(): void {
    this._asked = Math.round(this._at / FRAMES);
    this.jump();
  }

  /** One frame on; false when there is nowhere to go. */
  tick(): boolean {
    if (this._rest > 0) {
      this._rest--;
      return true;
    }
    this._at += Math.sign(this.drawn * FRAMES - this._at);
    if (!this.arrived) {
      return true;
    }
    const further =
      this._through && this.drawn === this._asked && this._asked < this._end;
    if (further) {
      this._asked++;
      this._rest = REST;
    }
    return further;
  }

  private _at: number;
  private _rest = 0;
  private _through = false;
}
