/**
 * The finishing of a drawn answer: links to nodes become chips, numbers that nothing
 * supports are marked, what JupyterLab adds to headings goes.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Citation, NodeId } from '../../api/types.gen';
import { button, element } from '../../markdown/dom';
import { nodeAt } from '../../markdown/links';
import type { Lights } from '../../markdown/lights';
import { placeName, SIGNS } from './kinds';

export interface IChipContext {
  readonly citations: readonly Citation[];
  readonly lights: Lights;
  readonly trans: TranslationBundle;
  open(id: NodeId): void;
}

/** Make a chip of every link to a node. */
export function makeChips(node: HTMLElement, context: IChipContext): void {
  for (const anchor of node.querySelectorAll('a')) {
    const id = nodeAt(anchor.getAttribute('href') ?? '');
    if (id === null) {
      continue;
    }
    const citation = context.citations.find(known => known.id === id);
    if (citation === undefined) {
      anchor.replaceWith(...anchor.childNodes);
    } else {
      chip(anchor, citation, context);
    }
  }
}

/** A button, not a link: JupyterLab would send a link to a tab of its own. */
function chip(
  anchor: HTMLAnchorElement,
  citation: Citation,
  { lights, open, trans }: IChipContext
): void {
  const { id, type, label } = citation;
  const made = button(
    {
      class: 'jp-NanochatLearn-cite',
      title: placeName(citation, trans),
      click: () => open(id)
    },
    element('span', { attributes: { 'aria-hidden': 'true' } }, SIGNS[type]),
    element('span', {}, label)
  );
  made.dataset.kind = type;
  anchor.replaceWith(made);
  lights.add(made, [id]);
}

/** Mark `numbers` in the text; code and links are left alone. */
export function markUnsupported(
  node: HTMLElement,
  numbers: readonly string[],
  trans: TranslationBundle
): void {
  const wanted = numbers.filter(number => number.trim() !== '');
  if (wanted.length === 0) {
    return;
  }
  const any = new RegExp(
    `(?<![\\w.])(?:${wanted.map(quoted).join('|')})(?!\\w|\\.\\d)`,
    'g'
  );
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    if (text.parentElement?.closest('pre, a, mark') === null) {
      texts.push(text);
    }
  }
  for (const text of texts) {
    const parts = splitAt(text.data, any).map((part, at) =>
      at % 2 === 0
        ? part
        : element(
            'mark',
            {
              class: 'jp-NanochatLearn-unsupported',
              title: trans.__('No record of your run supports this number.')
            },
            part
          )
    );
    if (parts.length > 1) {
      text.replaceWith(...parts);
    }
  }
}

/** `[before, match, between, match, after]` */
function splitAt(text: string, any: RegExp): string[] {
  const parts: string[] = [];
  let start = 0;
  for (const found of text.matchAll(any)) {
    parts.push(text.slice(start, found.index), found[0]);
    start = found.index + found[0].length;
  }
  return [...parts, text.slice(start)];
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Anchors that JupyterLab puts beside headings lead nowhere in an answer. */
export function plainHeadings(node: HTMLElement): void {
  node.querySelectorAll('.jp-InternalAnchorLink').forEach(a => a.remove());
}
