/** The words of the panel: kinds of nodes and edges, counts, first sentences. No DOM. */
import type { TranslationBundle } from '@jupyterlab/translation';

import {
  type EdgeKind,
  type IGraphModel,
  type IGraphNode,
  linkCount,
  type NodeType
} from './model';
import type { IRegionWords } from './regions';

export function typeName(type: NodeType, trans: TranslationBundle): string {
  switch (type) {
    case 'concept':
      return trans.__('concept');
    case 'file':
      return trans.__('file');
    case 'class':
      return trans.__('class');
    case 'function':
      return trans.__('function');
    case 'lesson':
      return trans.__('lesson');
    case 'viz':
      return trans.__('picture');
    case 'external':
      return trans.__('from a library');
  }
}

export function typePlural(type: NodeType, trans: TranslationBundle): string {
  switch (type) {
    case 'concept':
      return trans.__('Concepts');
    case 'file':
      return trans.__('Files');
    case 'class':
      return trans.__('Classes');
    case 'function':
      return trans.__('Functions');
    case 'lesson':
      return trans.__('Lessons');
    case 'viz':
      return trans.__('Pictures');
    case 'external':
      return trans.__('Libraries');
  }
}

/** Regions of the map that no cluster names. */
export function regionWords(trans: TranslationBundle): IRegionWords {
  return {
    libraries: trans.__('Libraries'),
    rest: trans.__('Other'),
    top: trans.__('Code')
  };
}

/** What an edge says, read from its source (`outgoing`) or from its target. */
export function phrase(
  kind: EdgeKind,
  outgoing: boolean,
  trans: TranslationBundle
): string {
  switch (kind) {
    case 'contains':
      return outgoing ? trans.__('contains') : trans.__('is part of');
    case 'calls':
      return outgoing ? trans.__('calls') : trans.__('is called by');
    case 'imports':
      return outgoing ? trans.__('imports') : trans.__('is imported by');
    case 'inherits':
      return outgoing ? trans.__('builds on') : trans.__('is built on by');
    case 'instantiates':
      return outgoing ? trans.__('creates') : trans.__('is created by');
    case 'overrides':
      return outgoing ? trans.__('replaces') : trans.__('is replaced by');
    case 'explains':
      return outgoing ? trans.__('explains') : trans.__('is explained by');
    case 'defines':
      return outgoing ? trans.__('defines') : trans.__('is defined in');
    case 'visualizes':
      return outgoing ? trans.__('shows') : trans.__('is shown by');
    case 'prerequisite':
      return outgoing ? trans.__('is needed for') : trans.__('needs');
    case 'teaches':
      return outgoing ? trans.__('teaches') : trans.__('is taught in');
    case 'references':
      return outgoing ? trans.__('mentions') : trans.__('is mentioned in');
  }
}

/** The counts worth telling: `calls 3, called by 5`; empty for a node without links. */
export function counts(
  model: IGraphModel,
  node: IGraphNode,
  trans: TranslationBundle
): string {
  const { index } = node;
  const several = (n: number, text: (n: number) => string): string[] =>
    n === 0 ? [] : [text(n)];
  const of = (kind: EdgeKind, outgoing: boolean): number =>
    linkCount(model, index, kind, outgoing);
  return [
    ...several(of('contains', true), n => trans.__('contains %1', n)),
    ...several(of('calls', true), n => trans.__('calls %1', n)),
    ...several(of('calls', false), n => trans.__('called by %1', n)),
    ...several(of('imports', false), n => trans.__('imported by %1', n)),
    ...several(of('explains', true), n =>
      trans._n('explains %1 place', 'explains %1 places', n)
    ),
    ...several(of('prerequisite', false), n => trans.__('needs %1', n)),
    ...several(of('prerequisite', true), n => trans.__('needed for %1', n))
  ].join(', ');
}

/** The first sentence of a docstring, at most `room` characters. */
export function firstSentence(text: string, room = 160): string {
  const paragraph = text.trim().split(/\n\s*\n/, 1)[0];
  const line = paragraph.replace(/\s+/g, ' ').replace(/`/g, '');
  const end = line.search(/[.!?](\s|$)/);
  const sentence = end < 0 ? line : line.slice(0, end + 1);
  return sentence.length <= room
    ? sentence
    : `${sentence.slice(0, room - 1).trimEnd()}…`;
}

/**
 * `nanochat/gpt.py:12` for code, the path for notes and lessons, the library, or ''.
 * What was added by hand has no line (0), and perhaps no file.
 */
export function place(node: IGraphNode): string {
  const { data } = node;
  switch (data.type) {
    case 'class':
    case 'function':
      return data.line > 0
        ? `${data.file_path}:${data.line}`
        : data.file_path || (data.library ?? '');
    case 'external':
      return data.library;
    default:
      return data.file_path ?? '';
  }
}

/** Why two nodes are connected: `GPT.forward calls norm`. */
export function reason(
  model: IGraphModel,
  edge: number,
  trans: TranslationBundle
): string {
  const { source, target, kind } = model.edges[edge];
  return [
    model.nodes[source].label,
    phrase(kind, true, trans),
    model.nodes[target].label
  ].join(' ');
}

/** Does the reason stand in a file of the workspace? Others stand in the course's notes. */
export function inWorkspace(model: IGraphModel, edge: number): boolean {
  const { file_path, line } = model.edges[edge].data;
  return line > 0 && model.paths.has(file_path);
}

/** Where the reason stands: `gpt.py:210`; `full` with its folder. */
export function reasonPlace(
  model: IGraphModel,
  edge: number,
  trans: TranslationBundle,
  full = false
): string {
  const { file_path, line, cell } = model.edges[edge].data;
  if (!inWorkspace(model, edge)) {
    return trans.__('said in the notes');
  }
  const path = full
    ? file_path
    : file_path.slice(file_path.lastIndexOf('/') + 1);
  return typeof cell === 'string'
    ? trans.__('%1, line %2 of a cell', path, line)
    : `${path}:${line}`;
}

/** One breath for screen readers: `rope, concept, explains 3 places`. */
export function spoken(
  model: IGraphModel,
  node: IGraphNode,
  trans: TranslationBundle
): string {
  return [
    node.label,
    node.hollow
      ? trans.__('planned %1', typeName(node.type, trans))
      : typeName(node.type, trans),
    counts(model, node, trans)
  ]
    .filter(part => part !== '')
    .join(', ');
}
