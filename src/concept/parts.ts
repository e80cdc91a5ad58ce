/**
 * The parts of a concept page as DOM: header, neighbours, lessons. They show
 * what the server said and report clicks; they load nothing.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import type {
  Cluster,
  ConceptPage,
  ConceptSummary,
  LessonLink
} from '../api/types.gen';
import { button, element } from '../markdown/dom';

/** What a click on the page asks for. */
export interface IPageActions {
  openConcept(id: ConceptSummary['id']): void;
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

/** Called with every chip and its concept. */
type Meet = (chip: HTMLElement, concept: ConceptSummary) => void;

/** Simpler concepts above, deeper ones below; an empty side says so. */
export function neighbours(
  page: ConceptPage,
  actions: IPageActions,
  trans: TranslationBundle,
  meet: Meet
): HTMLElement {
  return element(
    'nav',
    { attributes: { 'aria-label': trans.__('Neighbouring concepts') } },
    side(
      trans.__('Simpler'),
      page.simpler,
      trans.__('Nothing comes before: you can begin here.'),
      actions,
      meet
    ),
    side(
      trans.__('Deeper'),
      page.deeper,
      trans.__('Nothing builds on this yet.'),
      actions,
      meet
    )
  );
}

function side(
  name: string,
  concepts: readonly ConceptSummary[],
  none: string,
  actions: IPageActions,
  meet: Meet
): HTMLElement {
  const chips = concepts.map(concept => {
    const chip = button(
      {
        class: `jp-NanochatLearn-chip jp-mod-${concept.state}`,
        click: () => actions.openConcept(concept.id)
      },
      concept.title
    );
    meet(chip, concept);
    return element('li', {}, chip);
  });
  return element(
    'div',
    { class: 'jp-NanochatLearn-side' },
    element('h3', {}, name),
    chips.length > 0
      ? element('ul', {}, ...chips)
      : element('p', { class: 'jp-NanochatLearn-none' }, none)
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
