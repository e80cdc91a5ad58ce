/**
 * Chance that can be repeated: equal seeds give equal numbers, on every machine. The
 * generator is mulberry32 (public domain): one word of 32 bits, good enough for dice.
 */

/** Each call gives the next number, from 0 up to but not including 1. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
