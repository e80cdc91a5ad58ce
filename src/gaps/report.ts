/** The gap report in groups, and what a filter leaves of it. Pure. */
import type { Cluster, Gap, KnowledgeGraph } from '../api/types.gen';
import { clusterFinder } from './belonging';

export interface IGapEntry {
  /** The same after a refresh, also when lines above have moved it. */
  readonly key: string;
  readonly gap: Gap;
}

export interface IGapGroup {
  readonly key: string;
  /** null: it belongs to no cluster. */
  readonly cluster: Cluster | null;
  /** Errors first, as the server sorts them. */
  readonly entries: readonly IGapEntry[];
}

export interface IGapFilter {
  readonly severity: Gap['severity'] | null;
  readonly kind: Gap['kind'] | null;
  readonly text: string;
}

export const EVERYTHING: IGapFilter = { severity: null, kind: null, text: '' };

/** Groups in the order of the course; what belongs nowhere comes last. */
export function groupsOf(graph: KnowledgeGraph): IGapGroup[] {
  const find = clusterFinder(graph);
  const groups = new Map<
    string,
    { cluster: Cluster | null; all: IGapEntry[] }
  >();
  const times = new Map<string, number>();
  for (const gap of graph.gaps) {
    const cluster = find(gap);
    const group = cluster?.id ?? '';
    const name = [gap.kind, gap.id, gap.file_path, gap.message].join('\n');
    const nth = times.get(name) ?? 0;
    times.set(name, nth + 1);
    const entry = { key: `${name}\n${nth}`, gap };
    const known = groups.get(group);
    if (known === undefined) {
      groups.set(group, { cluster, all: [entry] });
    } else {
      known.all.push(entry);
    }
  }
  const last = Number.POSITIVE_INFINITY;
  return [...groups.entries()]
    .map(([key, { cluster, all }]) => ({ key, cluster, entries: all }))
    .sort(
      (a, b) => (a.cluster?.order ?? last) - (b.cluster?.order ?? last) || 0
    );
}

/** Groups that still hold something; every word of the text must be found. */
export function filtered(
  groups: readonly IGapGroup[],
  filter: IGapFilter
): IGapGroup[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (gap: Gap, title: string): boolean => {
    if (filter.severity !== null && gap.severity !== filter.severity) {
      return false;
    }
    if (filter.kind !== null && gap.kind !== filter.kind) {
      return false;
    }
    const text =
      `${gap.message}\n${gap.file_path}\n${gap.id}\n${title}`.toLowerCase();
    return words.every(word => text.includes(word));
  };
  return groups
    .map(group => ({
      ...group,
      entries: group.entries.filter(({ gap }) =>
        fits(gap, group.cluster?.title ?? '')
      )
    }))
    .filter(({ entries }) => entries.length > 0);
}

export function countOf(
  groups: readonly IGapGroup[],
  severity: Gap['severity'] | null = null
): number {
  return groups.reduce(
    (sum, { entries }) =>
      sum +
      (severity === null
        ? entries.length
        : entries.filter(({ gap }) => gap.severity === severity).length),
    0
  );
}

/** The kinds that occur, errors first, each with its count. */
export function kindsOf(
  groups: readonly IGapGroup[]
): readonly { kind: Gap['kind']; count: number }[] {
  const counts = new Map<Gap['kind'], { severity: string; count: number }>();
  for (const { entries } of groups) {
    for (const { gap } of entries) {
      const { count } = counts.get(gap.kind) ?? { count: 0 };
      counts.set(gap.kind, { severity: gap.severity, count: count + 1 });
    }
  }
  return [...counts.entries()]
    .sort(([, a], [, b]) => a.severity.localeCompare(b.severity))
    .map(([kind, { count }]) => ({ kind, count }));
}
