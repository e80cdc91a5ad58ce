/**
 * The list beside the map: ideas by cluster, code by file, the rest by kind; and which
 * of its rows show. Pure; keys are in `parts/tree-keys.ts`, elements in `tree.tsx`.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ITreeRow } from '../../parts/tree-keys';
import type { IGraphModel, IGraphNode, NodeType } from '../model/model';
import { typePlural } from '../model/words';

export interface IBranch {
  /** Unique in the tree. */
  readonly key: string;
  readonly label: string;
  /** null: a heading that gathers. */
  readonly node: IGraphNode | null;
  /** The colour of a cluster's heading. */
  readonly colour: string | null;
  readonly children: readonly IBranch[];
}

/** A row in view. */
export interface IRow extends ITreeRow {
  readonly branch: IBranch;
}

const GATHERED: readonly NodeType[] = ['lesson', 'viz', 'external'];

/** The whole tree of the shown nodes. A node stands in it once. */
export function buildTree(
  model: IGraphModel,
  visible: Uint8Array,
  trans: TranslationBundle
): readonly IBranch[] {
  const nodes = model.nodes.filter(({ index }) => visible[index] === 1);
  const children = new Map<number, IGraphNode[]>();
  const tops: IGraphNode[] = [];
  for (const node of nodes) {
    if (!isCode(node)) {
      continue;
    }
    if (node.parent >= 0 && visible[node.parent] === 1) {
      const siblings = children.get(node.parent);
      if (siblings === undefined) {
        children.set(node.parent, [node]);
      } else {
        siblings.push(node);
      }
    } else {
      tops.push(node);
    }
  }
  const codeBranch = (node: IGraphNode): IBranch =>
    leaf(node, (children.get(node.index) ?? []).sort(byPlace).map(codeBranch));
  const gathered = (key: string, label: string, of: IGraphNode[]): IBranch[] =>
    of.length === 0
      ? []
      : [
          {
            key,
            label,
            node: null,
            colour: null,
            children: of.sort(byLabel).map(node => leaf(node, []))
          }
        ];
  const known = new Set(model.clusters.map(({ id }) => id));
  const concepts = nodes.filter(({ type }) => type === 'concept');
  return [
    ...model.clusters.flatMap(({ id, title, colour }) => {
      const own = concepts.filter(({ cluster }) => cluster === id);
      return own.length === 0
        ? []
        : [
            {
              key: `cluster:${id}`,
              label: title,
              node: null,
              colour,
              // The order of the file is the order of the course.
              children: own.map(node => leaf(node, []))
            }
          ];
    }),
    ...gathered(
      'concepts',
      typePlural('concept', trans),
      concepts.filter(({ cluster }) => cluster === null || !known.has(cluster))
    ),
    ...tops.sort(byLabel).map(codeBranch),
    ...GATHERED.flatMap(type =>
      gathered(
        `type:${type}`,
        typePlural(type, trans),
        nodes.filter(node => node.type === type)
      )
    )
  ];
}

function leaf(node: IGraphNode, children: readonly IBranch[]): IBranch {
  return { key: node.id, label: node.label, node, colour: null, children };
}

function isCode({ type }: IGraphNode): boolean {
  return type === 'file' || type === 'class' || type === 'function';
}

function byLabel(a: IGraphNode, b: IGraphNode): number {
  return a.label.localeCompare(b.label) || a.index - b.index;
}

/** Code in the order in which it is read. */
function byPlace(a: IGraphNode, b: IGraphNode): number {
  const line = ({ data }: IGraphNode): number =>
    'line' in data ? data.line : 0;
  return line(a) - line(b) || a.index - b.index;
}

/** The rows that show: those whose every container is open. */
export function rowsOf(
  tree: readonly IBranch[],
  open: ReadonlySet<string>
): readonly IRow[] {
  const rows: IRow[] = [];
  const walk = (
    branches: readonly IBranch[],
    level: number,
    parent: string | null
  ): void => {
    branches.forEach((branch, n) => {
      const foldable = branch.children.length > 0;
      const expanded = foldable && open.has(branch.key);
      rows.push({
        branch,
        key: branch.key,
        label: branch.label,
        foldable,
        opens: branch.node !== null,
        level,
        position: n + 1,
        size: branches.length,
        parent,
        expanded
      });
      if (expanded) {
        walk(branch.children, level + 1, branch.key);
      }
    });
  };
  walk(tree, 1, null);
  return rows;
}

/** The keys that must be open for a row to show; null where it is not in the tree. */
export function wayTo(
  tree: readonly IBranch[],
  key: string
): readonly string[] | null {
  for (const branch of tree) {
    if (branch.key === key) {
      return [];
    }
    const way = wayTo(branch.children, key);
    if (way !== null) {
      return [branch.key, ...way];
    }
  }
  return null;
}
