/** What counts of the evidence for one item of a lesson. Pure. */
import type { Evidence, LessonId } from '../api/types.gen';

/** Oldest first, each line once. */
export function merged(
  ...parts: readonly (readonly Evidence[])[]
): readonly Evidence[] {
  const byId = new Map<string, Evidence>();
  for (const evidence of parts.flat()) {
    byId.set(evidence.id, byId.get(evidence.id) ?? evidence);
  }
  return [...byId.values()].sort((a, b) => time(a) - time(b));
}

/** What was done with this item since the lesson was last begun anew, oldest first. */
export function doneWith(
  all: readonly Evidence[],
  lesson: LessonId,
  item: string,
  kind: Evidence['kind']
): readonly Evidence[] {
  const own = all.filter(evidence => evidence.lesson === lesson);
  const begun = own
    .filter(evidence => evidence.kind === 'reset')
    .reduce((latest, evidence) => Math.max(latest, time(evidence)), -Infinity);
  return own.filter(
    evidence =>
      evidence.item === item && evidence.kind === kind && time(evidence) > begun
  );
}

/** Milliseconds: texts with and without a fraction of the second do not sort as texts. */
function time({ at }: Evidence): number {
  return Date.parse(at);
}
