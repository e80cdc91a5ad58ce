/**
 * Draws pages with everything they need from the outside: renderer, pictures, theme,
 * and the commands behind their buttons. Loaded with the first page.
 */
import type { IThemeManager } from '@jupyterlab/apputils';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import {
  type ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import type { Cluster, ConceptPage } from '../api/types.gen';
import { CommandIds, type IApi } from '../tokens';
import { drawPage, type IPageContext } from './page';
import { PictureSlots } from './slots';
import { envNow, watchEnv } from './surroundings';

/** One for all pages of the panel. */
export class Pages {
  constructor(
    private readonly _commands: CommandRegistry,
    private readonly _api: IApi,
    private readonly _rendermime: IRenderMimeRegistry,
    private readonly _themes: IThemeManager | null,
    translator: ITranslator | null
  ) {
    this._lang = translator?.languageCode ?? 'en';
    this._trans = (translator ?? nullTranslator).load('nanochat_learn');
  }

  draw(
    host: HTMLElement,
    page: ConceptPage,
    cluster: Cluster | null,
    signal: AbortSignal
  ): { readonly note: Promise<void> } {
    if (signal.aborted) {
      return { note: Promise.resolve() };
    }
    const env = envNow(this._themes, this._lang);
    const slots = new PictureSlots(this._api, this._trans, env);
    watchEnv(this._themes, this._lang, next => slots.setEnv(next), signal);
    const context: IPageContext = {
      rendermime: this._rendermime,
      trans: this._trans,
      slots,
      actions: this._actions
    };
    return { note: drawPage(host, page, cluster, context, signal) };
  }

  private readonly _actions: IPageContext['actions'] = {
    openConcept: id => this._run(CommandIds.openConcept, { id }),
    openNode: id => this._run(CommandIds.openNode, { id }),
    openLesson: lesson =>
      this._run(CommandIds.openCode, { filePath: lesson.file_path, line: 1 }),
    openCode: anchor =>
      this._run(CommandIds.openCode, {
        filePath: anchor.file_path,
        line: anchor.line,
        endLine: anchor.end_line,
        ...(anchor.cell === null ? {} : { cell: anchor.cell })
      })
  };

  private _run(command: string, args: Record<string, string | number>): void {
    void this._commands.execute(command, args);
  }

  private readonly _lang: string;
  private readonly _trans: TranslationBundle;
}
