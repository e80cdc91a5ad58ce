/**
 * `[[targets]]` of a note → Markdown links that the panel recognises. Pure text, and
 * done before rendering, so that the result passes JupyterLab's sanitizer like any
 * other link.
 */
import type { NodeId } from '../api/types.gen';

/** What the address of such a link begins with; no page has this fragment. */
const MARK = '#nanochat-learn:';

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const CODE_SPAN = /(`+)(?:(?!\1)[^])*?\1(?!`)/g;
/** As the indexer reads them: a matrix [[1, 2]] in a formula is none. */
const TARGET = /\[\[([A-Za-z_][^[\]\n,;|]*)\]\]/g;

/** A fragment for a node; safe inside Markdown's `(…)`. */
export function addressOf(id: NodeId): string {
  const encoded = encodeURIComponent(id).replace(
    /[!'()*_]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
  );
  return MARK + encoded;
}

/** The node that an address names, or null for any other address. */
export function nodeAt(address: string): NodeId | null {
  if (!address.startsWith(MARK)) {
    return null;
  }
  try {
    return decodeURIComponent(address.slice(MARK.length)) as NodeId;
  } catch {
    return null;
  }
}

/** What a node is called, or null where nobody knows. */
export type Naming = (id: NodeId) => string | null;

/**
 * The Markdown with links in place of `[[targets]]`; code is left as it is. A concept is
 * called by its title. A target that `links` does not know stays as plain code, without
 * brackets.
 */
export function withLinks(
  markdown: string,
  links: Readonly<Record<string, NodeId>>,
  nameOf: Naming = () => null
): string {
  let fence = '';
  let prose: string[] = [];
  const blocks: string[] = [];
  const flush = (): void => {
    if (prose.length > 0) {
      blocks.push(linkProse(prose.join('\n'), links, nameOf));
      prose = [];
    }
  };
  for (const line of markdown.split('\n')) {
    const mark = FENCE.exec(line)?.[1] ?? '';
    const inside = fence !== '';
    if (inside && mark.startsWith(fence) && /^[\s`~]*$/.test(line)) {
      fence = '';
    } else if (!inside && mark !== '') {
      fence = mark;
    }
    if (inside || fence !== '') {
      flush();
      blocks.push(line);
    } else {
      prose.push(line);
    }
  }
  flush();
  return blocks.join('\n');
}

function linkProse(
  text: string,
  links: Readonly<Record<string, NodeId>>,
  nameOf: Naming
): string {
  let linked = '';
  let start = 0;
  for (const span of text.matchAll(CODE_SPAN)) {
    linked += linkPlain(text.slice(start, span.index), links, nameOf) + span[0];
    start = span.index + span[0].length;
  }
  return linked + linkPlain(text.slice(start), links, nameOf);
}

function linkPlain(
  text: string,
  links: Readonly<Record<string, NodeId>>,
  nameOf: Naming
): string {
  return text.replace(TARGET, (_, target: string) => {
    const id = Object.hasOwn(links, target) ? links[target] : undefined;
    // Code reads as code; a concept reads as part of the sentence.
    const label = id?.startsWith('concept:')
      ? escaped(nameOf(id) ?? target)
      : `\`${target}\``;
    return id === undefined ? `\`${target}\`` : `[${label}](${addressOf(id)})`;
  });
}

/** What stands in an id or a title must not become Markdown. */
function escaped(text: string): string {
  return text.replace(/[\\_*`[\]<$]/g, sign => `\\${sign}`);
}
