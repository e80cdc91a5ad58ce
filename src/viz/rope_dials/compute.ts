/**
 * The mathematics of RoPE, as `nanochat/gpt.py:apply_rotary_emb` does it: number i is
 * paired with number i + D/2, and pair i turns counter-clockwise by base^(−2i/D)
 * radians a place (Su and others, 2021). Pure: no drawing.
 */

export interface IRopeInputs {
  readonly q: readonly number[];
  readonly k: readonly number[];
  readonly base: number;
}

export interface IRopeParams {
  readonly m: number;
  readonly n: number;
}

export type Point = readonly [number, number];

export interface IDial {
  /** Radians a place. */
  readonly speed: number;
  /** The pair of the query as it is, and turned by m places; the same of the key by n. */
  readonly q: Point;
  readonly k: Point;
  readonly turnedQ: Point;
  readonly turnedK: Point;
  /** What this pair adds to q·k. */
  readonly part: number;
}

export interface IRope {
  readonly dials: readonly IDial[];
  readonly score: number;
}

export function compute(
  { q, k, base }: IRopeInputs,
  { m, n }: IRopeParams
): IRope {
  const width = q.length;
  if (width === 0 || width % 2 !== 0 || k.length !== width) {
    throw new Error('A query and a key need the same even number of numbers.');
  }
  const half = width / 2;
  const dials = Array.from({ length: half }, (_, i): IDial => {
    const speed = base ** ((-2 * i) / width);
    const pairQ: Point = [q[i] as number, q[i + half] as number];
    const pairK: Point = [k[i] as number, k[i + half] as number];
    const turnedQ = turn(pairQ, m * speed);
    const turnedK = turn(pairK, n * speed);
    const part = turnedQ[0] * turnedK[0] + turnedQ[1] * turnedK[1];
    return { speed, q: pairQ, k: pairK, turnedQ, turnedK, part };
  });
  return { dials, score: dials.reduce((sum, dial) => sum + dial.part, 0) };
}

function turn([a, b]: Point, angle: number): Point {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return [a * cos - b * sin, a * sin + b * cos];
}
