/** How far the concepts of the graph are understood, by node. Pure. */
import type { NodeId, Progress } from '../../api/types.gen';
import type { Mastery } from '../../parts/mastery';
import { conceptNodeId } from '../../state/graph';
import type { Loaded } from '../../tokens';

export type Masteries = ReadonlyMap<NodeId, Mastery>;

/** Empty as long as nothing is known: then nothing counts as seen. */
export function masteriesOf(progress: Loaded<Progress>): Masteries {
  return new Map(
    progress.kind === 'ready'
      ? progress.value.clusters.flatMap(({ concepts }) =>
          concepts.map(({ id, state }) => [conceptNodeId(id), state] as const)
        )
      : []
  );
}
