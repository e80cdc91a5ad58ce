/**
 * One concept page, drawn into a host: parts, pictures, and the note by JupyterLab's
 * own Markdown renderer (untrusted, so sanitised; its own mathematics). Loaded when
 * the first page is shown.
 */
import { type IRenderMimeRegistry, MimeModel } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';

import type { Cluster, ConceptPage, NodeId } from '../api/types.gen';
import { element } from './dom';
import { nodeAt, withLinks } from './links';
import { code, header, type IPageActions, lessons, neighbours } from './parts';
import type { PictureSlots } from './slots';

export interface IPageContext {
  readonly rendermime: IRenderMimeRegistry;
  readonly trans: TranslationBundle;
  readonly slots: PictureSlots;
  readonly actions: IPageActions & { openNode(id: NodeId): void };
}

const MARKDOWN = 'text/markdown';

/**
 * Draw `page` into `host`, which must be in the document. The page stands at once;
 * resolves when the note is rendered; everything is undone when `signal` aborts.
 */
export async function drawPage(
  host: HTMLElement,
  page: ConceptPage,
  cluster: Cluster | null,
  context: IPageContext,
  signal: AbortSignal
): Promise<void> {
  const { actions, slots, trans } = context;
  const note = element('div', {
    class: 'jp-NanochatLearn-note',
    attributes: {
      // A wide formula scrolls sideways, so the keyboard must reach the note.
      ...(page.body === '' ? {} : { tabindex: '0' }),
      role: 'group',
      'aria-label': trans.__('Note')
    }
  });
  const pictures = slots.section(page, signal);
  const article = element(
    'article',
    {},
    header(page, cluster, trans),
    page.state === 'planned' ? planned(page, trans) : null,
    neighbours(page, actions, trans),
    note,
    pictures,
    code(page.anchors, actions, trans),
    lessons(page.lessons, actions, trans)
  );
  host.replaceChildren(article);
  followLinks(note, id => actions.openNode(id));
  if (page.body !== '') {
    await renderNote(note, page, context, signal);
    if (!signal.aborted && pictures !== null) {
      placePictures(note, pictures);
    }
  }
}

function planned(page: ConceptPage, trans: TranslationBundle): HTMLElement {
  return element(
    'div',
    { class: 'jp-NanochatLearn-planned' },
    page.sentence === '' ? null : element('p', {}, page.sentence),
    element(
      'p',
      { class: 'jp-NanochatLearn-none' },
      trans.__(
        'The note is not written yet. Its neighbours and the code it speaks about are below.'
      )
    )
  );
}

async function renderNote(
  note: HTMLElement,
  page: ConceptPage,
  { rendermime, trans }: IPageContext,
  signal: AbortSignal
): Promise<void> {
  const renderer = rendermime.createRenderer(MARKDOWN);
  // Attached first: an unattached renderer does not typeset mathematics.
  Widget.attach(renderer, note);
  signal.addEventListener('abort', () => renderer.dispose(), { once: true });
  const data = { [MARKDOWN]: withLinks(page.body, page.links) };
  try {
    await renderer.renderModel(new MimeModel({ data, trusted: false }));
  } catch (thrown) {
    if (!signal.aborted) {
      console.warn(`Note ${page.id}:`, thrown);
      note.append(
        element('p', {}, trans.__('The note cannot be rendered as Markdown:')),
        element('pre', { attributes: { tabindex: '0' } }, page.body)
      );
    }
    return;
  }
  for (const wide of note.querySelectorAll<HTMLElement>('pre, table')) {
    wide.tabIndex = 0; // They scroll sideways, so the keyboard must reach them.
  }
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

/** Clicks (and Enter, which clicks) on links between notes stay in the panel. */
function followLinks(note: HTMLElement, open: (id: NodeId) => void): void {
  note.addEventListener('click', event => {
    const link = (event.target as Element | null)?.closest('a[href]');
    const id = nodeAt(link?.getAttribute('href') ?? '');
    if (id !== null) {
      event.preventDefault();
      event.stopPropagation();
      open(id);
    }
  });
}
