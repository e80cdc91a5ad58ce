/**
 * Draws pages with everything they need from the outside: renderer, pictures, theme,
 * kernels, glossary, and the commands behind their buttons. Loaded with the first page.
 */
import type { IThemeManager } from '@jupyterlab/apputils';
import {
  type IEditorLanguageRegistry,
  jupyterHighlightStyle
} from '@jupyterlab/codemirror';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { ServiceManager } from '@jupyterlab/services';
import {
  type ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import { syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import type { CommandRegistry } from '@lumino/commands';

import type { Cluster, ConceptPage, GlossaryTerm } from '../api/types.gen';
import {
  CommandIds,
  type IApi,
  type IField,
  type ISession,
  type ITraced
} from '../tokens';
import type { IPageContext } from './context';
import { drawPage } from './page';
import { Kernels } from '../markdown/kernels';
import { Pictures } from '../pictures/pictures';
import { PictureSlots } from './slots';

/** What the pages take from JupyterLab; null where it is not offered. */
export interface IPagesOptions {
  readonly api: IApi;
  readonly session: ISession;
  readonly commands: CommandRegistry;
  readonly services: ServiceManager.IManager;
  readonly rendermime: IRenderMimeRegistry;
  readonly mathematics: IField<boolean>;
  readonly languages: IEditorLanguageRegistry | null;
  readonly notebooks: INotebookTracker | null;
  readonly themes: IThemeManager | null;
  readonly translator: ITranslator | null;
  readonly traced: ITraced | null;
}

/** One for all pages of the panel. */
export class Pages {
  constructor(private readonly _options: IPagesOptions) {
    const { notebooks, services, session, translator } = _options;
    this._lang = translator?.languageCode ?? 'en';
    this._trans = (translator ?? nullTranslator).load('nanochat_learn');
    this._kernels = new Kernels(services, notebooks, session, this._trans, {
      file: 'nanochat-learn-notes',
      title: this._trans.__('Concept panel'),
      name: this._trans.__('the concept panel')
    });
    bringColours();
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
    const { api, mathematics, rendermime, session, themes } = this._options;
    const trans = this._trans;
    const pictures = new Pictures(
      { api, session, themes, trans, lang: this._lang },
      signal
    );
    const slots = new PictureSlots(pictures, trans, this._options.traced);
    const context: IPageContext = {
      rendermime,
      session,
      slots,
      mathematics,
      trans,
      guesses: this._guesses,
      actions: this._actions,
      terms: () => this._terms(),
      choose: () => this._kernels.choose(),
      highlight: (code, target) => this._highlight(code, target)
    };
    return { note: drawPage(host, page, cluster, context, signal) };
  }

  /** A note without its glossary is still a note. */
  private async _terms(): Promise<readonly GlossaryTerm[]> {
    const { api, session } = this._options;
    try {
      return (await api.glossary(session.document.value)).terms;
    } catch (thrown) {
      console.warn('Glossary:', thrown);
      return [];
    }
  }

  private async _highlight(code: string, host: HTMLElement): Promise<void> {
    const { languages } = this._options;
    if (languages === null) {
      host.textContent = code;
      return;
    }
    const python = languages.findByMIME('text/x-python');
    await languages.highlight(code, python, host);
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
    void this._options.commands.execute(command, args);
  }

  private readonly _guesses = new Map<string, string>();
  private readonly _kernels: Kernels;
  private readonly _lang: string;
  private readonly _trans: TranslationBundle;
}

/**
 * The highlighter writes class names only; their colours come with the first editor that
 * is opened. Here nobody may have opened one, so one is made and thrown away.
 */
function bringColours(): void {
  new EditorView({
    root: document,
    extensions: [syntaxHighlighting(jupyterHighlightStyle)]
  }).destroy();
}
