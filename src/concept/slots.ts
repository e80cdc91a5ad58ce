/**
 * The places of pictures on a concept page. A planned picture is named, never faked; one
 * that the open trace can feed has a button for it.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ConceptPage } from '../api/types.gen';
import { element } from '../markdown/dom';
import type { Pictures } from '../pictures/pictures';
import type { ITraced } from '../tokens';
import { tracedPicture } from './traced-picture';

/** The pictures of one page. They leave when the page's signal aborts. */
export class PictureSlots {
  constructor(
    private readonly _pictures: Pictures,
    private readonly _trans: TranslationBundle,
    private readonly _traced: ITraced | null = null
  ) {}

  /** All pictures of a page as one section, or null when it has none. */
  section(page: ConceptPage, signal: AbortSignal): HTMLElement | null {
    if (page.pictures.length + page.planned_pictures.length === 0) {
      return null;
    }
    const planned = page.planned_pictures.map(id =>
      element(
        'p',
        { class: 'jp-NanochatLearn-none' },
        this._trans.__(
          'A picture “%1” is planned. It does not exist yet.',
          id.replaceAll('_', ' ')
        )
      )
    );
    return element(
      'section',
      {
        class: 'jp-NanochatLearn-pictures',
        attributes: { 'aria-label': this._trans.__('Pictures') }
      },
      ...page.pictures.map(meta =>
        this._pictures.frame(meta, (stage, model) => {
          if (this._traced !== null) {
            stage.after(
              tracedPicture(this._traced, meta, model, this._trans, signal)
            );
          }
        })
      ),
      ...planned
    );
  }
}
