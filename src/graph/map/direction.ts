/** Arrow keys on a map: which node lies that way. Pure geometry. */
export type Direction = 'up' | 'down' | 'left' | 'right';

/** Half the opening of the view in a direction: 60° to each side leaves no blind spot. */
const NARROWEST = Math.cos(Math.PI / 3);

/**
 * The candidate that lies most in that direction and nearest, or -1. `xy` is interleaved
 * by index; what is aside counts as farther than what is straight ahead.
 */
export function towards(
  xy: Float32Array,
  from: number,
  candidates: Iterable<number>,
  direction: Direction
): number {
  const [dx, dy] = VECTORS[direction];
  let best = -1;
  let least = Infinity;
  for (const index of candidates) {
    const x = xy[2 * index] - xy[2 * from];
    const y = xy[2 * index + 1] - xy[2 * from + 1];
    const distance = Math.hypot(x, y);
    const ahead = (x * dx + y * dy) / distance;
    if (index === from || !(ahead >= NARROWEST - 1e-6)) {
      continue;
    }
    const cost = distance / ahead ** 2;
    if (cost < least) {
      least = cost;
      best = index;
    }
  }
  return best;
}

const VECTORS: Readonly<Record<Direction, readonly [number, number]>> = {
  up: [0, -1],
  down: [0, 1],
  left: [-1, 0],
  right: [1, 0]
};
