/**
 * The three things the front door does: start, index, prepare. Each tells its end in
 * one sentence; none throws.
 */
import { Dialog, showDialog } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import { ApiError } from '../api/failure';
import { tellError, tellSuccess } from '../state/telling';
import { CommandIds, type IApi, type ISession } from '../tokens';
import { askWhere } from './prepare';

/** How the server refuses an unconfirmed run over a very large folder. */
const ASKS_FIRST = 'bad_input';
/** The file that marks a workspace. */
const MARKER = 'nanochat-learn.toml';
const FIRST_LESSON = 'lessons/00_start_here.ipynb';

/** What the launcher card and the menu set going. */
export class FrontDoor {
  constructor(
    private readonly _commands: CommandRegistry,
    private readonly _contents: Contents.IManager,
    private readonly _api: IApi,
    private readonly _session: ISession,
    private readonly _trans: TranslationBundle
  ) {}

  /**
   * The map (made now if it never was) and the first lesson where there is one;
   * outside any workspace an offer to prepare one.
   */
  async start(cwd: string): Promise<void> {
    await this._commands.execute(CommandIds.showGraph);
    await this._session.refresh();
    const status = this._session.status.value;
    if (status.kind !== 'ready') {
      return; // The map's panel tells what failed.
    }
    const { workspace, index } = status.value;
    if (workspace === null) {
      await this.prepare({ folder: cwd, lessons: true }, true);
      return;
    }
    await this._openFirstLesson(workspace.prefix);
    if (index === null) {
      await this.index();
    }
  }

  async index(): Promise<void> {
    try {
      await this._session.index();
    } catch (thrown) {
      const error = ApiError.from(thrown);
      if (error.code !== ASKS_FIRST) {
        tellError(error);
        return;
      }
      if (!(await this._agreed(error))) {
        return;
      }
      try {
        await this._session.index(true);
      } catch (again) {
        tellError(again);
        return;
      }
    }
    this._tellIndexed();
  }

  /** `ask` shows the dialog first; without it, what is given is done. */
  async prepare(
    given: { readonly folder: string; readonly lessons: boolean },
    ask: boolean
  ): Promise<void> {
    const answer = ask ? await askWhere(given, this._trans) : given;
    if (answer === null) {
      return;
    }
    try {
      const status = await this._api.prepareWorkspace(
        answer.folder,
        answer.lessons
      );
      const prefix = status.workspace?.prefix ?? answer.folder;
      // The learner is in the new workspace now, whether or not a lesson opens.
      this._session.document.set(PathExt.join(prefix, MARKER));
      await this._openFirstLesson(prefix);
    } catch (thrown) {
      tellError(thrown);
      return;
    }
    await this._session.refresh();
    await this.index();
  }

  private async _openFirstLesson(prefix: string): Promise<void> {
    const path = PathExt.join(prefix, FIRST_LESSON);
    const found = await this._contents.get(path, { content: false }).then(
      () => true,
      () => false
    );
    if (found) {
      await this._commands.execute('docmanager:open', { path });
    }
  }

  private async _agreed(error: ApiError): Promise<boolean> {
    const result = await showDialog({
      title: this._trans.__('Index this folder?'),
      body: error.message,
      buttons: [
        Dialog.cancelButton({ label: this._trans.__('Cancel') }),
        Dialog.okButton({ label: this._trans.__('Index It') })
      ]
    });
    return result.button.accept;
  }

  private _tellIndexed(): void {
    const status = this._session.status.value;
    const index = status.kind === 'ready' ? status.value.index : null;
    if (index === null) {
      return; // Stopped before there was anything.
    }
    // True also after a run that was stopped: what was indexed before still stands.
    tellSuccess(
      this._trans.__(
        'The map holds: files %1, nodes %2, connections %3.',
        index.files,
        index.nodes,
        index.edges
      )
    );
  }
}
