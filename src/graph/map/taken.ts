/** Where names stand already, in rows, so that a look costs little. */
export interface ISpot {
  readonly x: number;
  /** The middle of the line. */
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const STRIPE = 16;

export class Taken {
  isFree({ x, y, width, height }: ISpot): boolean {
    const last = Math.floor((y + height / 2) / STRIPE);
    for (let n = Math.floor((y - height / 2) / STRIPE); n <= last; n++) {
      const others = this._stripes.get(n);
      if (
        others?.some(
          other =>
            Math.abs(other.y - y) < (other.height + height) / 2 &&
            x < other.x + other.width + 3 &&
            other.x < x + width + 3
        )
      ) {
        return false;
      }
    }
    return true;
  }

  add(spot: ISpot): void {
    const last = Math.floor((spot.y + spot.height / 2) / STRIPE);
    for (
      let n = Math.floor((spot.y - spot.height / 2) / STRIPE);
      n <= last;
      n++
    ) {
      const others = this._stripes.get(n);
      if (others === undefined) {
        this._stripes.set(n, [spot]);
      } else {
        others.push(spot);
      }
    }
  }

  private readonly _stripes = new Map<number, ISpot[]>();
}
