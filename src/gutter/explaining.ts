/**
 * What a tag's tooltip says: title, sentence, state. Pure: a tag and the graph in,
 * words out.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import type {
  ConceptNode,
  KnowledgeGraph,
  NodeData,
  NodeId,
  PictureNode
} from '../api/types.gen';
import { nodeOf } from '../state/graph';
import type { Loaded } from '../tokens';
import { describeMalformed } from './signs';
import { editDistance, type Tag } from './tags';

export interface IExplanation {
  readonly kind: Tag['kind'];
  readonly title: string;
  /** What kind of thing it is and how far it has come; '' where the title says it. */
  readonly state: string;
  readonly sentence: string;
}

/** The node that a tag names, or null when it names none. */
export function nodeIdOf(tag: Tag): NodeId | null {
  switch (tag.kind) {
    case 'learn':
    case 'def':
      return `concept:${tag.target}` as NodeId;
    case 'viz':
      return `viz:${tag.target}` as NodeId;
    case 'todo':
    case 'malformed':
      return null;
    default:
      return tag satisfies never;
  }
}

export function explain(
  tag: Tag,
  graph: Loaded<KnowledgeGraph>,
  trans: TranslationBundle
): IExplanation {
  const { kind } = tag;
  if (kind === 'malformed') {
    const sentence = describeMalformed(tag.intent, trans);
    return { kind, title: trans.__('Mistyped tag'), state: '', sentence };
  }
  if (kind === 'todo') {
    return {
      kind,
      title: sentenceCase(tag.target.replaceAll('_', ' ')),
      state: trans.__('explanation to come'),
      sentence: trans.__(
        'Somebody asked for an explanation here. It is not written yet.'
      )
    };
  }
  if (graph.kind !== 'ready') {
    const sentence =
      graph.kind === 'failed'
        ? `${graph.sentence} ${graph.hint}`
        : trans.__(
            'There is no map of this folder yet. Choose “Index the Workspace” from the Learn menu to see what this is.'
          );
    return { kind, title: tag.target, state: noun(kind, trans), sentence };
  }
  const id = nodeIdOf(tag);
  const node = id === null ? null : nodeOf(graph.value, id);
  if (node?.type === 'concept' || node?.type === 'viz') {
    return {
      kind,
      title: node.label,
      state: stateOf(node, kind, trans),
      sentence:
        node.type === 'viz' ? firstSentence(node.docstring) : node.docstring
    };
  }
  const near = nearest(tag.target, namesLike(kind, graph.value));
  return {
    kind,
    title: tag.target,
    state: trans.__('unknown'),
    sentence:
      near === null
        ? trans.__(
            'The map does not know this name. If it is new, index the workspace again.'
          )
        : trans.__('The map does not know this name. Did you mean “%1”?', near)
  };
}

function noun(kind: Tag['kind'], trans: TranslationBundle): string {
  return kind === 'viz' ? trans.__('picture') : trans.__('concept');
}

function stateOf(
  node: ConceptNode | PictureNode,
  kind: Tag['kind'],
  trans: TranslationBundle
): string {
  switch (node.state) {
    case 'written':
      return kind === 'def'
        ? trans.__('concept with a note, described here too')
        : trans.__('concept with a note');
    case 'defined':
      return kind === 'def'
        ? trans.__('concept defined here')
        : trans.__('concept defined in the code');
    case 'planned':
      return node.type === 'viz'
        ? trans.__('picture to come')
        : trans.__('concept, note to come');
    case 'ready':
      return trans.__('picture');
    default:
      return node satisfies never;
  }
}

/** The names that a tag of this kind could have meant. */
function namesLike(kind: Tag['kind'], graph: KnowledgeGraph): string[] {
  const type: NodeData['type'] = kind === 'viz' ? 'viz' : 'concept';
  return graph.elements.nodes
    .filter(({ data }) => data.type === type)
    .map(({ data }) => data.id.slice(type.length + 1));
}

/** The name that differs by a slip or two, or only in its namespace. */
export function nearest(name: string, names: readonly string[]): string | null {
  const last = name.slice(name.lastIndexOf('.') + 1);
  let best: string | null = null;
  let least = Math.min(3, Math.max(1, Math.floor(name.length / 4))) + 1;
  for (const candidate of names) {
    const slips = editDistance(name, candidate);
    if (slips < least) {
      best = candidate;
      least = slips;
    }
  }
  return (
    best ??
    names.find(other => other.slice(other.lastIndexOf('.') + 1) === last) ??
    null
  );
}

/** A picture's description can be long; the concept panel has all of it. */
function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}

function sentenceCase(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
