/** Shows what a lesson asks and answers in notebooks, and makes its stills live. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { Clipboard, IThemeManager } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { IRenderMimeRegistry, type IRenderMime } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { LESSON_MIME } from '../api/types.gen';
import { Pictures } from '../pictures/pictures';
import { IApi, ILearned, ISession } from '../tokens';
import { LessonOutputView } from './output';
import { enliven } from './stills';

/** Before the static picture that stands beside it in an output. */
const RANK = 10;

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'nanochat-learn:lesson',
  description: 'Predictions, quizzes, verdicts and live pictures in notebooks.',
  autoStart: true,
  requires: [IApi, ISession, ILearned, IRenderMimeRegistry],
  optional: [INotebookTracker, IThemeManager, ITranslator],
  activate
};

export default plugin;

function activate(
  app: JupyterFrontEnd,
  api: IApi,
  session: ISession,
  learned: ILearned,
  rendermime: IRenderMimeRegistry,
  notebooks: INotebookTracker | null,
  themes: IThemeManager | null,
  translator: ITranslator | null
): void {
  const trans = (translator ?? nullTranslator).load('nanochat_learn');
  const lang = translator?.languageCode ?? 'en';
  const { contents } = app.serviceManager;
  const pictures = (signal: AbortSignal): Pictures =>
    new Pictures({ api, session, themes, trans, lang }, signal);

  /** The notebook of an output; where it stands in none, the one that is looked at. */
  const documentOf = (resolver: IRenderMime.IResolver | null): string => {
    const path: unknown =
      resolver !== null && 'path' in resolver ? resolver.path : '';
    return typeof path === 'string' && path !== ''
      ? contents.localPath(path)
      : session.document.value;
  };
  rendermime.addFactory(
    {
      safe: true,
      mimeTypes: [LESSON_MIME],
      createRenderer: ({ resolver }) =>
        new LessonOutputView({
          learned,
          session,
          trans,
          pictures,
          copy: text => Clipboard.copyToSystem(text),
          document: documentOf(resolver)
        })
    },
    RANK
  );

  const follow = ({ node, disposed, context }: NotebookPanel): void => {
    void context.ready.then(() => {
      const { model } = context; // null when it was closed meanwhile
      const head: unknown = model?.getMetadata('nanochat_learn');
      node.classList.toggle('jp-NanochatLearn-lessonPage', head !== undefined);
    });
    const leaving = new AbortController();
    disposed.connect(() => leaving.abort());
    enliven(node, pictures(leaving.signal), session, leaving.signal);
  };
  notebooks?.forEach(follow);
  notebooks?.widgetAdded.connect((_, panel) => follow(panel));
}
