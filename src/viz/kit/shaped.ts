/** Tables of numbers with their shape: raw bytes as hosts send them, or a recorded list. */
import { numbers } from './tensor';

export interface IShaped {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/**
 * The table in `value`, with its last `rank` directions; null when there is none. Of
 * several rows of a batch the first is taken. Throws when the numbers do not fill the shape.
 */
export function shaped(value: unknown, rank: number): IShaped | null {
  const given = (value ?? null) as { shape?: unknown; data?: unknown } | null;
  if (given === null || !Array.isArray(given.shape)) {
    return null;
  }
  const shape = given.shape.map(Number);
  const kept = shape.slice(-rank);
  const size = kept.reduce((product, length) => product * length, 1);
  const data = Array.isArray(given.data)
    ? given.data.map(Number)
    : numbers(given, []);
  if (kept.length < rank || data.length < size) {
    throw new Error(
      `A table of the shape (${shape.join(', ')}) with ${data.length} numbers came, but ${rank} directions are needed.`
    );
  }
  return { shape: kept, data: data.slice(0, size) };
}
