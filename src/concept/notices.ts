/** What the panel says when it has no page: nothing chosen yet, or a failure. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ApiError } from '../api/failure';
import { button, element } from '../markdown/dom';

/** The ways out that a notice offers. */
export interface INoticeActions {
  showGraph(): void;
  prepareWorkspace(): void;
  indexWorkspace(): void;
}

/** Before any concept was opened. */
export function empty(
  actions: INoticeActions,
  trans: TranslationBundle
): HTMLElement {
  return element(
    'div',
    { class: 'jp-NanochatLearn-empty' },
    element(
      'p',
      {},
      trans.__(
        'A concept is an idea that the code uses. Click a mark beside a line of code, or a concept on the map.'
      )
    ),
    action(trans.__('Open the map'), actions.showGraph)
  );
}

/** A failure with its next step; `again` asks for the page once more. */
export function failed(
  error: ApiError,
  actions: INoticeActions,
  again: () => void,
  trans: TranslationBundle
): HTMLElement {
  return element(
    'div',
    { class: 'jp-NanochatLearn-failed', attributes: { role: 'alert' } },
    element('p', {}, error.sentence),
    error.hint === '' ? null : element('p', {}, error.hint),
    error.code === 'no_workspace'
      ? action(trans.__('Prepare a workspace here'), actions.prepareWorkspace)
      : null,
    error.code === 'not_found'
      ? action(trans.__('Index the workspace'), actions.indexWorkspace)
      : null,
    action(trans.__('Try again'), again)
  );
}

function action(label: string, click: () => void): HTMLButtonElement {
  return button({ class: 'jp-NanochatLearn-action', click }, label);
}
