/**
 * The path as rows of a tree: clusters in their order, in each its lessons, in each lesson
 * the concepts it teaches. Pure.
 */
import type {
  ClusterState,
  ConceptId,
  ConceptState,
  LessonId,
  LessonState,
  Progress
} from '../api/types.gen';
import type { ITreeRow } from '../parts/tree-keys';

export type What =
  | { readonly kind: 'cluster'; readonly cluster: ClusterState }
  | {
      readonly kind: 'lesson';
      readonly lesson: LessonState;
      readonly concepts: readonly ConceptState[];
    }
  | { readonly kind: 'concept'; readonly concept: ConceptState };

export interface IPathRow extends ITreeRow {
  readonly what: What;
}

interface IBranch {
  readonly key: string;
  readonly label: string;
  readonly what: What;
  readonly children: readonly IBranch[];
}

export function pathTree({ clusters }: Progress): readonly IBranch[] {
  return clusters.map(cluster => {
    const taught = (lesson: LessonState): ConceptState[] =>
      cluster.concepts.filter(concept => concept.lesson === lesson.id);
    const own = new Set(cluster.lessons.map(({ id }) => id));
    return {
      key: `cluster ${cluster.id}`,
      label: cluster.title,
      what: { kind: 'cluster', cluster },
      children: [
        ...cluster.lessons.map(lesson => lessonBranch(lesson, taught(lesson))),
        // Taught elsewhere, or by nobody yet.
        ...cluster.concepts
          .filter(({ lesson }) => lesson === null || !own.has(lesson))
          .map(conceptBranch)
      ]
    };
  });
}

function lessonBranch(
  lesson: LessonState,
  concepts: readonly ConceptState[]
): IBranch {
  return {
    key: `lesson ${lesson.id}`,
    label: lesson.title,
    what: { kind: 'lesson', lesson, concepts },
    children: concepts.map(conceptBranch)
  };
}

function conceptBranch(concept: ConceptState): IBranch {
  return {
    key: `concept ${concept.id}`,
    label: concept.title,
    what: { kind: 'concept', concept },
    children: []
  };
}

/** The rows that show when these keys are open. */
export function rowsOf(
  tree: readonly IBranch[],
  open: ReadonlySet<string>
): readonly IPathRow[] {
  const rows: IPathRow[] = [];
  const walk = (
    branches: readonly IBranch[],
    level: number,
    parent: string | null
  ): void =>
    branches.forEach(({ key, label, what, children }, n) => {
      const foldable = children.length > 0;
      const expanded = foldable && open.has(key);
      rows.push({
        key,
        label,
        what,
        level,
        position: n + 1,
        size: branches.length,
        parent,
        foldable,
        expanded,
        opens: what.kind !== 'cluster'
      });
      if (expanded) {
        walk(children, level + 1, key);
      }
    });
  walk(tree, 1, null);
  return rows;
}

/** What stands open at first: the way to the next step, else the first cluster. */
export function openAtFirst({ clusters, next }: Progress): readonly string[] {
  const home =
    clusters.find(({ lessons }) =>
      lessons.some(({ id }) => id === next?.lesson)
    ) ?? clusters[0];
  return [
    ...(home === undefined ? [] : [`cluster ${home.id}`]),
    ...(next === null ? [] : [`lesson ${next.lesson}`])
  ];
}

export function lessonIn(
  { clusters }: Progress,
  id: LessonId | null
): LessonState | null {
  return (
    clusters.flatMap(({ lessons }) => lessons).find(l => l.id === id) ?? null
  );
}

export function conceptIn(
  { clusters }: Progress,
  id: ConceptId | null
): ConceptState | null {
  return (
    clusters.flatMap(({ concepts }) => concepts).find(c => c.id === id) ?? null
  );
}

/** How many of these are understood, and how many there are. */
export function understood(
  concepts: readonly ConceptState[]
): readonly [number, number] {
  return [
    concepts.filter(({ state }) => state === 'understood').length,
    concepts.length
  ];
}
