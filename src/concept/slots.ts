/**
 * The places of pictures on a concept page: a frame with a title, the words that
 * stand for the picture, and a sentence when it cannot be shown. A planned picture
 * is named, never faked.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ConceptPage, PictureMeta } from '../api/types.gen';
import type { IApi, ITraced } from '../tokens';
import { button, element } from '../markdown/dom';
import { type IPictureEnv, mountPicture, PictureModel } from './picture';
import type { PictureFocus } from './picture-focus';
import { tracedPicture } from './traced-picture';

let count = 0;

/** The pictures of one page. They leave when the page's signal aborts. */
export class PictureSlots {
  constructor(
    private readonly _api: IApi,
    private readonly _trans: TranslationBundle,
    private _env: IPictureEnv,
    private readonly _focus: PictureFocus,
    private readonly _load?: (url: string) => Promise<unknown>,
    private readonly _traced: ITraced | null = null
  ) {}

  /** Tell the pictures that theme, motion or language changed. */
  setEnv(env: IPictureEnv): void {
    this._env = env;
    this._models.forEach(model => model.set('env', env));
  }

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
      ...page.pictures.map(meta => this._slot(meta, signal)),
      ...planned
    );
  }

  private _slot(meta: PictureMeta, signal: AbortSignal): HTMLElement {
    const words = `jp-NanochatLearn-words-${count++}`;
    const stage = element('div', { class: 'jp-NanochatLearn-stage' });
    const status = element('div', { attributes: { role: 'status' } });
    const frame = element(
      'figure',
      {
        attributes: {
          'aria-label': meta.title,
          'aria-describedby': words
        }
      },
      stage,
      status,
      element('figcaption', {}, meta.title),
      element(
        'p',
        { class: 'jp-NanochatLearn-words', attributes: { id: words } },
        meta.alt
      )
    );
    void this._show(meta, frame, stage, status, signal);
    return frame;
  }

  private async _show(
    meta: PictureMeta,
    frame: HTMLElement,
    stage: HTMLElement,
    status: HTMLElement,
    signal: AbortSignal
  ): Promise<void> {
    status.textContent = this._trans.__('Loading the picture…');
    frame.classList.remove('jp-mod-failed');
    const model = new PictureModel({ env: this._env });
    this._models.add(model);
    this._focus.join(model, meta, stage);
    signal.addEventListener('abort', () => this._models.delete(model));
    const url = this._api.pictureUrl(meta.id);
    try {
      await mountPicture(url, stage, model, signal, this._load);
      status.replaceChildren();
      if (this._traced !== null && !signal.aborted) {
        stage.after(
          tracedPicture(this._traced, meta, model, this._trans, signal)
        );
      }
    } catch (thrown) {
      this._models.delete(model);
      this._focus.leave(model);
      console.warn(`Picture ${meta.id}:`, thrown);
      // The words of the picture become visible in its place.
      frame.classList.add('jp-mod-failed');
      status.replaceChildren(
        this._trans.__(
          'The picture cannot be shown. Its description stands below.'
        ),
        ' ',
        button(
          {
            class: 'jp-NanochatLearn-link',
            click: () => void this._show(meta, frame, stage, status, signal)
          },
          this._trans.__('Try again')
        )
      );
    }
  }

  private readonly _models = new Set<PictureModel>();
}
