/** The headings of a page and their words. Reading only. */

export interface IHeading {
  readonly node: HTMLElement;
  readonly title: string;
  /** 1 for a section, 2 for a part of one … */
  readonly level: number;
}

const HEADINGS = 'h1, h2, h3, h4, h5, h6';

/** A heading's own words, without the sign that JupyterLab puts behind them. */
export function titleOf(heading: Element): string {
  const copy = heading.cloneNode(true) as Element;
  copy.querySelectorAll('.jp-InternalAnchorLink').forEach(a => a.remove());
  return (copy.textContent ?? '').trim();
}

/**
 * The headings of the note, then those of the page's own sections behind it. What is
 * folded away is no place to go to.
 */
export function headingsOf(body: HTMLElement): readonly IHeading[] {
  const found = [...body.querySelectorAll<HTMLElement>(HEADINGS)].filter(
    node => node.closest('details') === null && titleOf(node) !== ''
  );
  const inNote = found.filter(isInNote).map(levelOf);
  const top = Math.min(...inNote);
  return found.map(node => ({
    node,
    title: titleOf(node),
    level: isInNote(node) ? levelOf(node) - top + 1 : 1
  }));
}

/** The blocks between a heading and the next one of its rank. */
export function blocksBelow(heading: Element): readonly Element[] {
  const blocks: Element[] = [];
  let next = heading.nextElementSibling;
  while (next !== null && !(next.matches(HEADINGS) && above(next, heading))) {
    blocks.push(next);
    next = next.nextElementSibling;
  }
  return blocks;
}

function above(other: Element, heading: Element): boolean {
  return levelOf(other) <= levelOf(heading);
}

function levelOf(heading: Element): number {
  return Number(heading.tagName.slice(1));
}

function isInNote(node: Element): boolean {
  return node.closest('.jp-NanochatLearn-note') !== null;
}
