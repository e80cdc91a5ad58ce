/** A row of numbers, step after step → the corners of a line, and the places without one. Pure. */

export interface ICurve {
  /** Corners from 0 to 1: to the right, and up; a gap begins a new list. */
  readonly lines: ReadonlyArray<ReadonlyArray<readonly [number, number]>>;
  readonly min: number;
  readonly max: number;
  /** How many steps have no number. */
  readonly missing: number;
}

/** Corners of one line; beyond, each stretch keeps its lowest and its highest. */
const MOST = 400;

/** null where there is no number at all. */
export function curveOf(values: ReadonlyArray<number | null>): ICurve | null {
  const known = values.filter((value): value is number => value !== null);
  if (known.length === 0) {
    return null;
  }
  const min = known.reduce((a, b) => Math.min(a, b));
  const max = known.reduce((a, b) => Math.max(a, b));
  const last = Math.max(values.length - 1, 1);
  const lines: Array<Array<readonly [number, number]>> = [];
  let line: Array<readonly [number, number]> | null = null;
  for (const [n, value] of thinned(values)) {
    if (value === null) {
      line = null;
      continue;
    }
    if (line === null) {
      line = [];
      lines.push(line);
    }
    line.push([n / last, max === min ? 0.5 : (value - min) / (max - min)]);
  }
  return { lines, min, max, missing: values.length - known.length };
}

/** No peak and no gap is lost: of each stretch its lowest, its highest and a missing one stay. */
function thinned(
  values: ReadonlyArray<number | null>
): Array<readonly [number, number | null]> {
  const all = values.map((value, n) => [n, value] as const);
  if (values.length <= MOST) {
    return all;
  }
  const wide = Math.ceil((2 * values.length) / MOST);
  const kept: Array<readonly [number, number | null]> = [];
  for (let from = 0; from < all.length; from += wide) {
    const stretch = all.slice(from, from + wide);
    const known = stretch.filter(
      (pair): pair is readonly [number, number] => pair[1] !== null
    );
    const gap = stretch.find(([, value]) => value === null);
    const some = new Set<readonly [number, number | null]>(gap ? [gap] : []);
    if (known.length > 0) {
      some.add(known.reduce((a, b) => (b[1] < a[1] ? b : a)));
      some.add(known.reduce((a, b) => (b[1] > a[1] ? b : a)));
    }
    if (from + wide >= all.length) {
      some.add(all[all.length - 1]);
    }
    kept.push(...[...some].sort((a, b) => a[0] - b[0]));
  }
  return kept;
}
