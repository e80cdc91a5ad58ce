/** What a browser kept of an earlier visit, checked before it is believed. Pure. */
import type { IChoice, IKept, Way } from './room';

const WAYS: readonly Way[] = ['heatmap', 'histogram', 'table'];

/** null for anything that was not written by `Room.kept`. */
export function keptOf(found: unknown): IKept | null {
  if (typeof found !== 'object' || found === null) {
    return null;
  }
  const { name, choice } = found as { name?: unknown; choice?: unknown };
  if (
    typeof name !== 'string' ||
    typeof choice !== 'object' ||
    choice === null
  ) {
    return null;
  }
  const { step, tensor, at, cell, way, other } = choice as Record<
    keyof IChoice,
    unknown
  >;
  if (
    !isPlace(step) ||
    typeof tensor !== 'string' ||
    !Array.isArray(at) ||
    !at.every(isPlace) ||
    !Array.isArray(cell) ||
    cell.length !== 2 ||
    !cell.every(isPlace) ||
    !WAYS.includes(way as Way) ||
    typeof other !== 'string'
  ) {
    return null;
  }
  return {
    name,
    choice: {
      step,
      tensor,
      at,
      cell: [cell[0], cell[1]],
      way: way as Way,
      other
    }
  };
}

function isPlace(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}
