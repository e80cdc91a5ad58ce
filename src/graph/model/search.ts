/** Finding nodes by what the learner types. Pure; the box is in `search-box.tsx`. */
import type { IGraphModel, IGraphNode } from './model';

export interface IFindings {
  /** Best first. */
  readonly nodes: readonly IGraphNode[];
  /** More matches than `nodes` holds. */
  readonly more: number;
  /** Matches that the filter hides. */
  readonly hidden: number;
}

const LIMIT = 20;

/**
 * Every word of the query must occur in the label, the id or the sentence. Whole label
 * before its beginning before a word's beginning before the middle before the rest.
 */
export function search(
  model: IGraphModel,
  visible: Uint8Array,
  query: string
): IFindings {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return { nodes: [], more: 0, hidden: 0 };
  }
  const ranked: { node: IGraphNode; rank: number }[] = [];
  let hidden = 0;
  for (const node of model.nodes) {
    const ranks = words.map(word => rankOf(node, word));
    if (ranks.includes(NO_MATCH)) {
      continue;
    }
    if (visible[node.index] === 0) {
      hidden++;
      continue;
    }
    ranked.push({ node, rank: ranks.reduce((sum, rank) => sum + rank, 0) });
  }
  ranked.sort(
    (a, b) =>
      a.rank - b.rank ||
      b.node.degree - a.node.degree ||
      a.node.index - b.node.index
  );
  return {
    nodes: ranked.slice(0, LIMIT).map(({ node }) => node),
    more: Math.max(0, ranked.length - LIMIT),
    hidden
  };
}

const NO_MATCH = -1;

/** 0 is best; `NO_MATCH` where the word does not occur. */
function rankOf(node: IGraphNode, word: string): number {
  const label = node.label.toLowerCase();
  if (label === word) {
    return 0;
  }
  const at = label.indexOf(word);
  if (at === 0) {
    return 1;
  }
  if (at > 0) {
    return startsWord(label, word) ? 2 : 3;
  }
  if (node.id.toLowerCase().includes(word)) {
    return 4;
  }
  return node.data.docstring.toLowerCase().includes(word) ? 5 : NO_MATCH;
}

function startsWord(label: string, word: string): boolean {
  return label
    .split(/[\s._/:-]+/)
    .some((part, n) => n > 0 && part.startsWith(word));
}
