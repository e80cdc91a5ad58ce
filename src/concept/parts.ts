/**
 * The parts of a concept page as DOM: header, neighbours, code, lessons. They show
 * what the server said and report clicks; they load nothing.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import type {
  Anchor,
  Cluster,
  ConceptPage,
  ConceptSummary,
  LessonLink
} from '../api/types.gen';
import { button, element } from './dom';

/** What a click on the page asks for. */
export interface IPageActions {
  openConcept(id: ConceptSummary['id']): void;
  openCode(anchor: Anchor): void;
  openLesson(lesson: LessonLink): void;
}

export function header(
  page: ConceptPage,
  cluster: Cluster | null,
  trans: TranslationBundle
): HTMLElement {
  const chip = element(
    'span',
    { class: 'jp-NanochatLearn-cluster' },
    element('span', {
      class: 'jp-NanochatLearn-dot',
      attributes: { 'aria-hidden': 'true' }
    }),
    cluster?.title ?? page.cluster
  );
  if (cluster !== null) {
    chip.style.setProperty('--jp-nanochat-learn-colour', cluster.colour);
  }
  return element(
    'header',
    {},
    element('h2', { attributes: { tabindex: '-1' } }, page.title),
    element(
      'p',
      { class: 'jp-NanochatLearn-about' },
      chip,
      element(
        'span',
        { class: 'jp-NanochatLearn-written' },
        stateWords(page.state, trans)
      )
    )
  );
}

export function stateWords(
  state: ConceptPage['state'],
  trans: TranslationBundle
): string {
  switch (state) {
    case 'written':
      return trans.__('with a note');
    case 'defined':
      return trans.__('defined in the code');
    case 'planned':
      return trans.__('note to come');
    default:
      return state satisfies never;
  }
}

/** Simpler concepts above, deeper ones below; an empty side says so. */
export function neighbours(
  page: ConceptPage,
  actions: IPageActions,
  trans: TranslationBundle
): HTMLElement {
  return element(
    'nav',
    { attributes: { 'aria-label': trans.__('Neighbouring concepts') } },
    side(
      trans.__('Simpler'),
      page.simpler,
      trans.__('Nothing comes before: you can begin here.'),
      actions
    ),
    side(
      trans.__('Deeper'),
      page.deeper,
      trans.__('Nothing builds on this yet.'),
      actions
    )
  );
}

function side(
  name: string,
  concepts: readonly ConceptSummary[],
  none: string,
  actions: IPageActions
): HTMLElement {
  const chips = concepts.map(concept =>
    element(
      'li',
      {},
      button(
        {
          class: `jp-NanochatLearn-chip jp-mod-${concept.state}`,
          title: concept.sentence,
          click: () => actions.openConcept(concept.id)
        },
        concept.title
      )
    )
  );
  return element(
    'div',
    { class: 'jp-NanochatLearn-side' },
    element('h3', {}, name),
    chips.length > 0
      ? element('ul', {}, ...chips)
      : element('p', { class: 'jp-NanochatLearn-none' }, none)
  );
}

/** The lines that the concept explains, each with its place. */
export function code(
  anchors: readonly Anchor[],
  actions: IPageActions,
  trans: TranslationBundle
): HTMLElement {
  const items = anchors.map(anchor => {
    const place = `${anchor.file_path}:${anchor.line}`;
    const lines = element(
      'pre',
      {
        // Long lines scroll sideways, so the block must be reachable by keyboard.
        attributes: {
          tabindex: '0',
          role: 'group',
          'aria-label': trans.__('Code of %1', anchor.label)
        },
        click: () => {
          // Selecting text to copy it ends in a click too.
          if (document.getSelection()?.isCollapsed !== false) {
            actions.openCode(anchor);
          }
        }
      },
      element('code', {}, anchor.code)
    );
    lines.addEventListener('keydown', event => {
      if (event.key === 'Enter') {
        event.preventDefault();
        actions.openCode(anchor);
      }
    });
    return element(
      'li',
      {},
      button(
        {
          class: 'jp-NanochatLearn-anchor',
          title: trans.__('Open the editor at this line'),
          click: () => actions.openCode(anchor)
        },
        element('span', {}, anchor.label),
        ' ',
        element('span', { class: 'jp-NanochatLearn-place' }, place)
      ),
      lines
    );
  });
  return element(
    'section',
    { class: 'jp-NanochatLearn-code' },
    element('h3', {}, trans.__('In these lines')),
    items.length > 0
      ? element('ul', {}, ...items)
      : element(
          'p',
          { class: 'jp-NanochatLearn-none' },
          trans.__('No line of this code carries the tag of this concept.')
        )
  );
}

export function lessons(
  links: readonly LessonLink[],
  actions: IPageActions,
  trans: TranslationBundle
): HTMLElement | null {
  if (links.length === 0) {
    return null;
  }
  return element(
    'section',
    {},
    element('h3', {}, trans.__('Lessons')),
    element(
      'ul',
      { class: 'jp-NanochatLearn-lessons' },
      ...links.map(link =>
        element(
          'li',
          {},
          button(
            {
              class: 'jp-NanochatLearn-link',
              click: () => actions.openLesson(link)
            },
            link.title
          )
        )
      )
    )
  );
}
