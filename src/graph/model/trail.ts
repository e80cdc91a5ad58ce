/** Where the learner has been: the last nodes visited, the newest last. Pure. */
import type { NodeId } from '../../api/types.gen';

export type Trail = readonly NodeId[];

const LONGEST = 12;

/** A node visited again moves to the end: each stands in the trail once. */
export function visited(trail: Trail, id: NodeId): Trail {
  return trail.at(-1) === id
    ? trail
    : [...trail.filter(other => other !== id), id].slice(-LONGEST);
}
