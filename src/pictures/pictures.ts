/**
 * The pictures of one page, output or notebook: each in a frame with a title, the words that
 * stand for it, and a sentence when it cannot be shown. All leave with one signal.
 */
import type { IThemeManager } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

import { button, element } from '../markdown/dom';
import type { IApi, ISession } from '../tokens';
import { type IPictureName, PictureFocus } from './focus';
import { bringModels } from './model-input';
import { type IPictureEnv, mountPicture, PictureModel } from './picture';
import { envNow, watchEnv } from './surroundings';

let count = 0;

/** What pictures take from the rest of the extension. */
export interface IPictureServices {
  readonly api: Pick<IApi, 'modelFile' | 'pictureUrl'>;
  readonly session: Pick<ISession, 'document' | 'pointing'>;
  readonly themes: IThemeManager | null;
  readonly trans: TranslationBundle;
  readonly lang: string;
  /** How a module is loaded; the browser's own import where nothing is said. */
  readonly load?: (url: string) => Promise<unknown>;
}

/** A picture in its frame. */
export interface IFramed extends IPictureName {
  readonly title: string;
  /** What it shows, in words: they stand in its place when it cannot be shown. */
  readonly alt: string;
  /** Inputs and numbers by their names; without them the picture shows its example. */
  readonly values?: Readonly<Record<string, unknown>>;
}

export class Pictures {
  constructor(
    private readonly _services: IPictureServices,
    private readonly _signal: AbortSignal
  ) {
    const { session, themes, lang } = _services;
    this._focus = new PictureFocus(session.pointing, _signal);
    this._env = envNow(themes, lang);
    watchEnv(themes, lang, env => this._surround(env), _signal);
  }

  /**
   * Draw into `stage` until `signal` aborts. Rejects when the module is missing or does
   * not draw; then the stage is empty. A model that the picture runs is fetched behind it.
   */
  async mount(
    picture: IPictureName,
    stage: HTMLElement,
    values: Readonly<Record<string, unknown>> = {},
    signal: AbortSignal = this._signal
  ): Promise<PictureModel> {
    const { api, load, session, trans } = this._services;
    const model = new PictureModel({ ...values, env: this._env });
    const leave = (): void => {
      this._models.delete(model);
      this._focus.leave(model);
    };
    this._models.add(model);
    this._focus.join(model, picture, stage);
    signal.addEventListener('abort', leave, { once: true });
    try {
      const url = api.pictureUrl(picture.id);
      const inputs = await mountPicture(url, stage, model, signal, load);
      const document = (): string => session.document.value;
      bringModels(inputs, model, stage, { api, document, trans }, signal);
    } catch (thrown) {
      leave();
      throw thrown;
    }
    return model;
  }

  /** `drawn` is called when the picture stands. */
  frame(
    picture: IFramed,
    drawn: (stage: HTMLElement, model: PictureModel) => void = () => undefined
  ): HTMLElement {
    const words = `jp-NanochatLearn-words-${count++}`;
    const stage = element('div', { class: 'jp-NanochatLearn-stage' });
    const status = element('div', { attributes: { role: 'status' } });
    const frame = element(
      'figure',
      {
        attributes: {
          'aria-label': picture.title,
          ...(picture.alt === '' ? {} : { 'aria-describedby': words })
        }
      },
      stage,
      status,
      element('figcaption', {}, picture.title),
      picture.alt === ''
        ? null
        : element(
            'p',
            { class: 'jp-NanochatLearn-words', attributes: { id: words } },
            picture.alt
          )
    );
    void this._show(picture, frame, stage, status, drawn);
    return frame;
  }

  private async _show(
    picture: IFramed,
    frame: HTMLElement,
    stage: HTMLElement,
    status: HTMLElement,
    drawn: (stage: HTMLElement, model: PictureModel) => void
  ): Promise<void> {
    const { trans } = this._services;
    status.textContent = trans.__('Loading the picture…');
    frame.classList.remove('jp-mod-failed');
    try {
      const model = await this.mount(picture, stage, picture.values);
      status.replaceChildren();
      if (!this._signal.aborted) {
        drawn(stage, model);
      }
    } catch (thrown) {
      console.warn(`Picture ${picture.id}:`, thrown);
      // The words of the picture become visible in its place.
      frame.classList.add('jp-mod-failed');
      status.replaceChildren(
        picture.alt === ''
          ? trans.__('The picture cannot be shown.')
          : trans.__(
              'The picture cannot be shown. Its description stands below.'
            ),
        ' ',
        button(
          {
            class: 'jp-NanochatLearn-link',
            click: () => void this._show(picture, frame, stage, status, drawn)
          },
          trans.__('Try again')
        )
      );
    }
  }

  /** Theme, motion or language changed. */
  private _surround(env: IPictureEnv): void {
    this._env = env;
    this._models.forEach(model => model.set('env', env));
  }

  private readonly _focus: PictureFocus;
  private readonly _models = new Set<PictureModel>();
  private _env: IPictureEnv;
}
