/**
 * The dot product of two lists of two numbers, and what an arrow shows of it: lengths,
 * angle, shadow. With `same`, both are first brought to one length as `nanochat/gpt.py:norm`
 * does it. Pure: no drawing.
 */
import type { Point } from '../kit/plane';

export interface IDotInputs {
  readonly you: Point;
}

export interface IDotParams {
  /** The other list. */
  readonly x: number;
  readonly y: number;
  /** 1: norm first. */
  readonly same: number;
}

export interface IDot {
  readonly you: Point;
  readonly film: Point;
  readonly products: Point;
  readonly dot: number;
  readonly lengths: Point;
  /** Degrees from 0 to 180; null where an arrow has no length. */
  readonly angle: number | null;
  /** Where a light straight above your line throws the tip of the other arrow. */
  readonly shadow: Point;
}

export function compute(
  { you: taste }: IDotInputs,
  { x, y, same }: IDotParams
): IDot {
  const you = same ? norm(taste) : taste;
  const film = same ? norm([x, y]) : ([x, y] as const);
  const products: Point = [you[0] * film[0], you[1] * film[1]];
  const dot = clean(products[0] + products[1]);
  const lengths: Point = [Math.hypot(...you), Math.hypot(...film)];
  const whole = lengths[0] * lengths[1];
  const turned = Math.atan2(Math.abs(you[0] * film[1] - you[1] * film[0]), dot);
  const along = lengths[0] > 0 ? dot / lengths[0] ** 2 : 0;
  return {
    you,
    film,
    products,
    dot,
    lengths,
    angle: whole > 0 ? clean((turned * 180) / Math.PI) : null,
    shadow: [you[0] * along, you[1] * along]
  };
}

/** Turned counter-clockwise from `you` by `degrees`, `length` long. */
export function turned(you: Point, degrees: number, length: number): Point {
  const angle = Math.atan2(you[1], you[0]) + (degrees * Math.PI) / 180;
  return [clean(length * Math.cos(angle)), clean(length * Math.sin(angle))];
}

/** How far `film` is turned from `you`, counter-clockwise, from −180 to 180 degrees. */
export function turn(you: Point, film: Point): number {
  const angle = Math.atan2(
    you[0] * film[1] - you[1] * film[0],
    you[0] * film[0] + you[1] * film[1]
  );
  return (angle * 180) / Math.PI;
}

/** Root mean square 1: two numbers get the length √2. Nothing stays nothing. */
function norm([a, b]: Point): Point {
  const size = Math.sqrt((a * a + b * b) / 2);
  return size > 0 ? [a / size, b / size] : [0, 0];
}

/** Without the crumbs of binary fractions: 1e-16 is 0. */
function clean(value: number): number {
  return Number(value.toFixed(9)) + 0; // and −0 is 0
}
