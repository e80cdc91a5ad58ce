/** What a lens kept of one position: the likeliest tokens and their shares, best first. Pure. */
import type { TraceManifest, TraceStep } from '../api/types.gen';
import { layerOf } from './names';
import type { ITensor } from './tensor';

export interface IRanked {
  readonly id: number;
  readonly share: number;
}

/** The lenses of a step, first layer first. */
export function lensesOf(step: TraceStep): string[] {
  const names = new Set(step.tensors.map(({ name }) => name));
  return [...names]
    .filter(name => name.endsWith('.lens') && names.has(`${name}.index`))
    .sort((a, b) => (layerOf(a) ?? -1) - (layerOf(b) ?? -1));
}

/** `place` counts the positions of the step; (B, T, k) both. Empty for a place outside. */
export function ranksAt(
  shares: ITensor,
  ids: ITensor,
  row: number,
  place: number
): IRanked[] {
  const [rows = 0, length = 0, ranks = 0] = shares.shape;
  if (
    shares.shape.join() !== ids.shape.join() ||
    row >= rows ||
    place < 0 ||
    place >= length
  ) {
    return [];
  }
  const start = (row * length + place) * ranks;
  return Array.from({ length: ranks }, (_, n) => ({
    id: ids.values[start + n],
    share: shares.values[start + n]
  }));
}

/** A token as people read it: its text where the trace has it, blanks made visible. */
export function tokenText(manifest: TraceManifest, id: number): string {
  const text = manifest.vocabulary[id];
  return text === undefined
    ? `#${id}`
    : text.replace(/\n/g, '⏎').replace(/^ /, '␣') || '∅';
}
