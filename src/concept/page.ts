/**
 * One concept page, drawn into a host: its parts in their order. How a note becomes more
 * than text is in `note.ts`. Loaded when the first page is shown.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Cluster, ConceptPage, ConceptSummary } from '../api/types.gen';
import { conceptNodeId } from '../state/graph';
import type { IPageContext } from './context';
import { element } from '../markdown/dom';
import { Lights } from '../markdown/lights';
import { usedLines } from './lines';
import { drawNote, drawWords } from './note';
import { Contents } from './note/contents';
import { header, lessons, neighbours, stateWords } from './parts';
import { Tooltip } from '../parts/tooltip';

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
  const { actions, session, slots, trans } = context;
  const lights = new Lights(session, signal, 'note');
  const tooltip = new Tooltip(host.parentElement ?? host, signal);
  const contents = new Contents(host, trans, signal);
  const note = element('div', {
    class: 'jp-NanochatLearn-note',
    attributes: {
      role: 'group',
      'aria-label': trans.__('Note')
    }
  });
  const meet = (chip: HTMLElement, concept: ConceptSummary): void => {
    lights.add(chip, [conceptNodeId(concept.id)]);
    tooltip.attach(chip, () => ({
      title: concept.title,
      text: concept.sentence,
      remark: stateWords(concept.state, trans)
    }));
  };
  const pictures = slots.section(page, signal);
  const lines = usedLines(page.anchors, {
    trans,
    openCode: anchor => actions.openCode(anchor),
    highlight: (code, target) => context.highlight(code, target),
    stand: (node, anchor) =>
      // Whoever points at this concept means these lines too.
      lights.add(node, [anchor.node, conceptNodeId(page.id)], [anchor.node])
  });
  const body = element(
    'div',
    { class: 'jp-NanochatLearn-body' },
    page.state === 'planned' ? planned(page, trans) : null,
    note,
    pictures,
    lines,
    lessons(page.lessons, actions, trans)
  );
  host.replaceChildren(
    element(
      'article',
      {},
      header(page, cluster, trans),
      element(
        'div',
        { class: 'jp-NanochatLearn-aside' },
        contents.node,
        neighbours(page, actions, trans, meet)
      ),
      body
    )
  );
  if (page.body === '') {
    contents.fill(body);
    return;
  }
  const inNote = { ...context, lights, tooltip, pictures };
  await drawNote(note, page, inNote, signal);
  if (signal.aborted) {
    return;
  }
  contents.fill(body);
  const words = await drawWords(note, inNote, signal);
  if (words !== null) {
    body.append(words);
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
        'The note is not written yet. Its neighbours and the code it speaks about are here.'
      )
    )
  );
}
