/**
 * The note of a page: rendered by JupyterLab's own Markdown renderer (untrusted, so
 * sanitised; its own mathematics), then made alive step by step: links, pictures, words,
 * questions, depth, code that runs. Each step leaves a note it does not fit as it is.
 */
import { MimeModel } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';

import type { ConceptPage, GlossaryTerm, NodeId } from '../api/types.gen';
import { conceptNodeId, nodeOf } from '../state/graph';
import type { ISession } from '../tokens';
import type { IPageContext } from './context';
import { element } from '../markdown/dom';
import type { Lights } from '../markdown/lights';
import { nodeAt, withLinks } from '../markdown/links';
import { followDepth } from './note/depth';
import { keepFormulasIn } from './note/formulas';
import { askQuestions } from './note/questions';
import { markTerms, wordList } from '../markdown/terms';
import { stateWords } from './parts';
import { makeRunnable } from '../markdown/runnable';
import type { IExplanation, Tooltip } from '../parts/tooltip';

export interface INoteContext extends IPageContext {
  readonly lights: Lights;
  readonly tooltip: Tooltip;
  /** The section of pictures, where the page has any. */
  readonly pictures: HTMLElement | null;
}

const MARKDOWN = 'text/markdown';

/**
 * Draw the note of `page` into `note`, which must be in the document. Resolves when it
 * stands; its words may follow by `drawWords`.
 */
export async function drawNote(
  note: HTMLElement,
  page: ConceptPage,
  context: INoteContext,
  signal: AbortSignal
): Promise<void> {
  const { guesses, mathematics, pictures, trans } = context;
  if (!(await render(note, page, context, signal)) || signal.aborted) {
    return;
  }
  makeReachable(note);
  keepFormulasIn(note, signal);
  followLinks(note, context, signal);
  if (pictures !== null) {
    placePictures(note, pictures);
  }
  makeRunnable(note, context, signal);
  askQuestions(note, page.id, guesses, trans);
  followDepth(note, mathematics, signal);
}

/** Mark the words of the glossary; resolves with their list, or null without any. */
export async function drawWords(
  note: HTMLElement,
  context: INoteContext,
  signal: AbortSignal
): Promise<HTMLElement | null> {
  const terms = await context.terms();
  const words = signal.aborted ? [] : mark(note, terms, context);
  return words.length === 0 ? null : wordList(words, context.trans);
}

/** True when the note stands; else its plain text does. */
async function render(
  note: HTMLElement,
  page: ConceptPage,
  { rendermime, session, trans }: INoteContext,
  signal: AbortSignal
): Promise<boolean> {
  const renderer = rendermime.createRenderer(MARKDOWN);
  // Attached first: an unattached renderer does not typeset mathematics.
  Widget.attach(renderer, note);
  signal.addEventListener('abort', () => renderer.dispose(), { once: true });
  const nameOf = (id: NodeId): string | null =>
    known(session, id)?.label ?? null;
  const data = { [MARKDOWN]: withLinks(page.body, page.links, nameOf) };
  try {
    await renderer.renderModel(new MimeModel({ data, trusted: false }));
    // The renderer does not wait for its mathematics, and words inside it are no words.
    await rendermime.latexTypesetter?.typeset(renderer.node);
    return true;
  } catch (thrown) {
    if (!signal.aborted) {
      console.warn(`Note ${page.id}:`, thrown);
      note.append(
        element('p', {}, trans.__('The note cannot be rendered as Markdown:')),
        element('pre', { attributes: { tabindex: '0' } }, page.body)
      );
    }
    return false;
  }
}

/** What scrolls sideways must be reached by keyboard; what leads nowhere must not. */
function makeReachable(note: HTMLElement): void {
  for (const wide of note.querySelectorAll<HTMLElement>('pre, table')) {
    wide.tabIndex = 0;
  }
  note.querySelectorAll('.jp-InternalAnchorLink').forEach(a => a.remove());
}

/** A note's section “See it” is where its pictures belong; else they follow the note. */
function placePictures(note: HTMLElement, pictures: HTMLElement): void {
  for (const candidate of note.querySelectorAll('h1, h2, h3, h4, p > strong')) {
    const words = candidate.firstChild?.textContent?.trim().toLowerCase() ?? '';
    if (!words.startsWith('see it')) {
      continue;
    }
    const block = candidate.closest('p') ?? candidate;
    block.after(pictures);
    return;
  }
}

/** Links between notes and into the code: explained, lit, and followed inside the lab. */
function followLinks(
  note: HTMLElement,
  { actions, lights, session, tooltip, trans }: INoteContext,
  signal: AbortSignal
): void {
  for (const link of note.querySelectorAll<HTMLElement>('a[href]')) {
    const id = nodeAt(link.getAttribute('href') ?? '');
    if (id === null) {
      continue;
    }
    lights.add(link, [id]);
    tooltip.attach(link, () => explanation(session, id, trans));
    link.addEventListener(
      'click', // Enter clicks too.
      event => {
        event.preventDefault();
        event.stopPropagation();
        actions.openNode(id);
      },
      { signal }
    );
  }
}

function mark(
  note: HTMLElement,
  terms: readonly GlossaryTerm[],
  { actions, lights, tooltip, trans }: INoteContext
): readonly GlossaryTerm[] {
  return markTerms(note, terms, (node, term) => {
    const { concept, meaning } = term;
    tooltip.attach(node, () => ({
      title: term.term,
      text: meaning,
      remark: concept === null ? '' : trans.__('Enter opens the concept.')
    }));
    if (concept === null) {
      return;
    }
    lights.add(node, [conceptNodeId(concept)]);
    const open = (): void => actions.openConcept(concept);
    node.addEventListener('click', open);
    node.addEventListener('keydown', event => {
      if (event.key === 'Enter') {
        event.preventDefault();
        open();
      }
    });
  });
}

function explanation(
  session: ISession,
  id: NodeId,
  trans: TranslationBundle
): IExplanation | null {
  const node = known(session, id);
  if (node === null) {
    return null;
  }
  // Of a docstring the first paragraph is what it is about.
  const text = node.docstring.split('\n\n')[0] ?? '';
  const remark =
    node.type === 'concept'
      ? stateWords(node.state, trans)
      : (node.file_path ?? '');
  return { title: node.label, text, remark };
}

function known(session: ISession, id: NodeId) {
  const graph = session.graph.value;
  return graph.kind === 'ready' ? nodeOf(graph.value, id) : null;
}
