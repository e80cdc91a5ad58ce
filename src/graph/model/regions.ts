/**
 * The regions of the map: one per cluster, one per folder of code that no concept
 * explains, one for libraries. Decides who belongs where; knows no places. Pure.
 */
import { fileOf, type IGraphModel, type IGraphNode } from './model';

export interface IRegion {
  readonly key: string;
  readonly title: string;
  /** The cluster's; null: neutral. */
  readonly colour: string | null;
  /** Top-level nodes as indices, in the order of the graph: what files hold comes with them. */
  readonly members: readonly number[];
}

export interface IRegionWords {
  readonly libraries: string;
  /** Nodes that belong nowhere else. */
  readonly rest: string;
  /** Code that lies in no folder. */
  readonly top: string;
}

/** More files than that are parted by their folders. */
const LARGE = 24;

export function regionsOf(
  model: IGraphModel,
  words: IRegionWords
): readonly IRegion[] {
  const homes = clusterHomes(model);
  const clusters = model.clusters.map(({ id, title, colour }, n): IRegion => ({
    key: `cluster:${id}`,
    title,
    colour,
    members: topLevel(model)
      .filter(({ index }) => homes[index] === n)
      .map(at)
  }));
  const homeless = topLevel(model).filter(({ index }) => homes[index] < 0);
  const files = homeless.filter(({ type }) => type === 'file');
  const libraries = homeless.filter(({ type }) => type === 'external');
  const rest = homeless.filter(
    ({ type }) => type !== 'file' && type !== 'external'
  );
  return [
    ...clusters,
    ...folders(files, '').map(([folder, members]) => ({
      key: `folder:${folder}`,
      title: folder === '' ? words.top : folder,
      colour: null,
      members: members.map(at)
    })),
    ...gathered('rest', words.rest, rest),
    ...gathered('libraries', words.libraries, libraries)
  ].filter(({ members }) => members.length > 0);
}

function gathered(
  key: string,
  title: string,
  nodes: readonly IGraphNode[]
): IRegion[] {
  return [{ key, title, colour: null, members: nodes.map(at) }];
}

function at({ index }: IGraphNode): number {
  return index;
}

/** Nodes that lie in no file: concepts, files, lessons, pictures, libraries, strays. */
function topLevel(model: IGraphModel): readonly IGraphNode[] {
  return model.nodes.filter(({ parent }) => parent < 0);
}

/**
 * The place in `model.clusters` of each node's cluster; -1 for none. A file belongs where
 * most of the concepts that explain its code belong; so do lessons and pictures with
 * the concepts that they teach and show. A concept that is at home in many files counts
 * for little in each of them.
 */
export function clusterHomes(model: IGraphModel): Int32Array {
  const places = new Map(model.clusters.map(({ id }, n) => [id, n]));
  const homes = Int32Array.from(model.nodes, ({ cluster }) =>
    cluster === null ? -1 : (places.get(cluster) ?? -1)
  );
  const votes = new Map<number, Float64Array>();
  for (const concept of model.nodes) {
    const cluster = homes[concept.index];
    if (concept.type !== 'concept' || cluster < 0) {
      continue;
    }
    const holders = model.links[concept.index].flatMap(({ other }) => {
      const file = fileOf(model, other);
      return file >= 0
        ? [file]
        : ['lesson', 'viz'].includes(model.nodes[other].type)
          ? [other]
          : [];
    });
    for (const index of holders) {
      let counts = votes.get(index);
      if (counts === undefined) {
        counts = new Float64Array(model.clusters.length);
        votes.set(index, counts);
      }
      counts[cluster] += 1 / holders.length;
    }
  }
  votes.forEach((counts, index) => {
    // Among equals the one that comes first in the course.
    homes[index] = counts.indexOf(Math.max(...counts));
  });
  return homes;
}

/** Files by folder; a large folder is parted by the folders in it. */
function folders(
  files: readonly IGraphNode[],
  prefix: string
): readonly (readonly [string, readonly IGraphNode[]])[] {
  if (files.length === 0) {
    return [];
  }
  const parts = new Map<string, IGraphNode[]>();
  for (const file of files) {
    const path = (file.data.file_path ?? '').slice(prefix.length);
    const cut = path.indexOf('/');
    const part = cut < 0 ? '' : path.slice(0, cut + 1);
    parts.set(part, [...(parts.get(part) ?? []), file]);
  }
  return [...parts].flatMap(([part, own]) =>
    part !== '' && own.length > LARGE
      ? folders(own, prefix + part)
      : [[prefix + part, own] as const]
  );
}
