/** Begins a lesson anew, after a dialog that says what happens. */
import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { LessonState } from '../api/types.gen';
import { tellSuccess } from '../state/telling';
import type { ILearned, ILearnerApi, ISession } from '../tokens';
import { openPanel } from './opening';

export interface IResetting {
  readonly api: ILearnerApi;
  readonly learned: ILearned;
  readonly session: ISession;
  readonly notebooks: INotebookTracker | null;
  readonly trans: TranslationBundle;
}

export async function resetLesson(
  lesson: LessonState,
  { api, learned, session, notebooks, trans }: IResetting
): Promise<void> {
  const { button } = await showDialog({
    title: trans.__('Begin “%1” anew?', lesson.title),
    body: trans.__(
      'The notebook becomes as it was at first. If you changed it, your version is kept beside it under another name. Your answers in this lesson stay on record but no longer count.'
    ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.warnButton({ label: trans.__('Begin Anew') })
    ]
  });
  if (!button.accept) {
    return;
  }
  const panel =
    lesson.file_path === null
      ? null
      : openPanel(lesson.file_path, notebooks, session);
  if (panel?.context.model.dirty === true) {
    // What stands in the open notebook is what the learner means to keep.
    await panel.context.save();
  }
  const { kept } = await api.resetLesson(session.document.value, lesson.id);
  await panel?.context.revert();
  await Promise.all([learned.recall(), learned.look()]);
  tellSuccess(
    kept === null
      ? trans.__('“%1” is as it was at first.', lesson.title)
      : trans.__(
          '“%1” is as it was at first. Your version is kept as %2.',
          lesson.title,
          kept
        )
  );
}
