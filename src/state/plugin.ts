/**
 * Offers the session and what was learned, keeps both up to date, and tells the session which document the learner looks
 * at: the last one that was current, also while a panel or the launcher has the focus.
 */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import type { DocumentWidget } from '@jupyterlab/docregistry';
import { NotebookActions } from '@jupyterlab/notebook';
import type { Widget } from '@lumino/widgets';

import { IApi, ILearned, ILearnerApi, ISession } from '../tokens';
import { followLearning } from './following';
import { Learned } from './learned';
import { keepUpToDate } from './live';
import { Session } from './session';
import { Unsent } from './unsent';

const session: JupyterFrontEndPlugin<ISession> = {
  id: 'nanochat-learn:session',
  description: 'What the panels of nanochat-learn share.',
  autoStart: true,
  provides: ISession,
  requires: [IApi],
  activate: (app: JupyterFrontEnd, api: IApi): ISession => {
    const session = new Session(api);
    followDocument(app, session);
    keepUpToDate(session, app.serviceManager.events.stream, window);
    return session;
  }
};

const learned: JupyterFrontEndPlugin<ILearned> = {
  id: 'nanochat-learn:learned',
  description: 'What the learner did and understood.',
  autoStart: true,
  provides: ILearned,
  requires: [ILearnerApi, ISession],
  activate: (
    app: JupyterFrontEnd,
    api: ILearnerApi,
    session: ISession
  ): ILearned => {
    const { serverSettings, events } = app.serviceManager;
    const place = new URL(serverSettings.baseUrl).pathname;
    const learned = new Learned(api, session, new Unsent(place, localStorage));
    followLearning(learned, events.stream, NotebookActions.executed, window);
    void app.restored.then(() => learned.send());
    return learned;
  }
};

export default [session, learned] as JupyterFrontEndPlugin<unknown>[];

function followDocument(app: JupyterFrontEnd, session: Session): void {
  let followed: DocumentWidget | null = null;
  const say = (): void => {
    session.document.set(followed?.context.localPath ?? '');
  };
  const close = (): void => {
    followed = null;
    say();
  };
  const look = (widget: Widget | null): void => {
    if (!isDocument(widget) || widget === followed) {
      return;
    }
    followed?.context.pathChanged.disconnect(say);
    followed?.disposed.disconnect(close);
    followed = widget;
    followed.context.pathChanged.connect(say);
    followed.disposed.connect(close);
    say();
  };
  // The signal of Notebook 7 carries nothing.
  app.shell.currentChanged?.connect(() => look(app.shell.currentWidget));
  void app.restored.then(() => look(app.shell.currentWidget));
}

/** By shape: the class of another copy of the package would not be recognised. */
function isDocument(widget: Widget | null): widget is DocumentWidget {
  return (
    widget !== null &&
    'context' in widget &&
    typeof (widget as DocumentWidget).context?.localPath === 'string'
  );
}
