/**
 * The text in view and how it goes on: by chance, by the learner's choice, or as it was
 * recorded. Knows no drawing; whoever listens draws.
 */
import { compute, dart, hit, type IChoosing } from './compute';
import example from './example.json';
import { visible } from '../kit/bpe';
import { type ILive, type ISource, STOPS } from './source';
import { percent } from '../kit/format';
import type { Key } from './words';

/** A sentence about what just happened. */
export type Notice = readonly [Key, ...Array<string | number>];

export class Telling {
  constructor(
    readonly source: ISource,
    private readonly _live: ILive | null,
    private readonly _choosing: () => IChoosing,
    private readonly _changed: () => void
  ) {}

  seed = 42;

  get ids(): readonly number[] {
    return this._ids;
  }

  /** So many tokens were given; those after them were chosen one by one. */
  get given(): number {
    return this._given;
  }

  /** The place whose next token is in view. */
  get at(): number {
    return this._at;
  }

  get notice(): Notice | null {
    return this._notice;
  }

  get reading(): boolean {
    return this._reading;
  }

  /** The text of a place. */
  text(place: number): string {
    return this.source.text(this._ids[place] as number, place);
  }

  /** Resolves when the text is read, or was stopped. What fits into one slice is read at once. */
  async put(
    ids: readonly number[],
    given = ids.length,
    notice: Notice | null = null
  ): Promise<void> {
    [this._ids, this._given, this._at] = [ids, given, ids.length - 1];
    this._notice = notice;
    if (this._live !== null) {
      this._reading = true;
      const read = this._live.reading.go(ids, (done, total) => {
        this._notice = ['reading', done, total];
        this._changed();
      });
      if (this._live.reading.ids.length === ids.length) {
        this._reading = false;
      }
      this._changed();
      if ((await read) && this._reading) {
        this._reading = false;
        this._notice = notice;
        this._changed();
      }
    } else {
      this._changed();
    }
  }

  /** The recorded story, so many tokens of it. */
  story(length: number): Promise<void> {
    return this.put(example.story.ids.slice(0, length));
  }

  look(place: number): void {
    this._at = Math.min(Math.max(place, 0), this._ids.length - 1);
    this._changed();
  }

  /** One more token by chance, or the next recorded place; false when it cannot go on. */
  next(): boolean {
    const last = this._ids.length - 1;
    if (this._live === null) {
      const stop = STOPS.find(place => place > last);
      if (stop === undefined) {
        this._tell('endRecorded');
        return false;
      }
      void this.story(stop + 1);
      return stop !== STOPS.at(-1);
    }
    const seen = this.source.seen(last);
    if (seen === null || this._isOver(last)) {
      return false;
    }
    const { order, shares } = compute(seen, this._choosing());
    return this._add(
      hit(shares, dart(this.seed, last)),
      last,
      order,
      shares,
      'drawn'
    );
  }

  /** Put one of the likeliest behind the place in view; what came after it goes. */
  take(rank: number): void {
    const seen = this.source.seen(this._at);
    if (this._live === null) {
      this._tell('onlyRecorded');
      return;
    }
    if (seen !== null && !this._isOver(this._at)) {
      const { order, shares } = compute(seen, this._choosing());
      this._add(rank, this._at, order, shares, 'took');
    }
  }

  back(): void {
    const last = this._ids.length - 1;
    const before =
      this._live === null
        ? (STOPS.filter(place => place < last).at(-1) ?? last)
        : Math.max(last - 1, 0);
    const ids = this._ids.slice(0, before + 1);
    void this.put(ids, Math.min(this._given, ids.length));
  }

  /** Throw anew: what was chosen goes, and chance will fall elsewhere. */
  throwAnew(): void {
    this.seed += 1;
    void this.put(this._ids.slice(0, this._given));
  }

  /** A text of the learner's own; the answer is what is wrong with it, if anything. */
  begin(text: string): Notice | null {
    if (this._live === null) {
      return null;
    }
    const { model, begin, context } = this._live;
    const ids = [begin, ...model.tokenizer.encode(text)];
    if (ids.length > context) {
      return ['tooLong', ids.length, context];
    }
    void this.put(ids);
    return null;
  }

  stop(): void {
    if (this._reading && this._live !== null) {
      this._live.reading.stop();
      this._reading = false;
      const total = this._ids.length;
      const done = this._live.reading.ids.length;
      this._ids = this._ids.slice(0, done);
      this._given = Math.min(this._given, done);
      this._at = done - 1;
      this._tell('stopped', done, total);
    }
  }

  /** Nothing comes behind a full context, or behind the end of a text. */
  private _isOver(place: number): boolean {
    const { context } = this.source;
    if (place + 1 >= context) {
      this._tell('full', context);
      return true;
    }
    const id = this._ids[place] as number;
    if (place > 0 && this._live?.ends(id)) {
      this._tell('ended', this.text(place));
      return true;
    }
    return false;
  }

  private _add(
    rank: number,
    behind: number,
    order: readonly number[],
    shares: readonly number[],
    how: Key
  ): boolean {
    const id = order[rank] as number;
    const ids = [...this._ids.slice(0, behind + 1), id];
    const name = visible(this.source.text(id, behind + 1));
    const ends = this._live?.ends(id) === true;
    const notice: Notice = ends
      ? ['ended', name]
      : [how, name, percent(shares[rank] ?? 0)];
    void this.put(ids, Math.min(this._given, behind + 1), notice);
    return !ends;
  }

  private _tell(...notice: Notice): void {
    this._notice = notice;
    this._changed();
  }

  private _ids: readonly number[] = [];
  private _given = 0;
  private _at = 0;
  private _notice: Notice | null = null;
  private _reading = false;
}
