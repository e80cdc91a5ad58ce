/** Names the commands of the path. */
import type { INotebookTracker } from '@jupyterlab/notebook';

import type { NextStep, Progress } from '../api/types.gen';
import { tellError } from '../state/telling';
import { CommandIds, type ILearnerApi, type Loaded } from '../tokens';
import { exportProgress, importProgress } from './carrying';
import { pathIcon } from './icon';
import { openLesson } from './opening';
import { resetLesson } from './resetting';
import { lessonIn } from './rows';
import type { IServices } from './services';

interface IOptions extends IServices {
  readonly api: ILearnerApi;
  readonly notebooks: INotebookTracker | null;
  readonly show: () => void;
}

export function addCommands(options: IOptions): void {
  const { api, commands, learned, notebooks, session, show, trans } = options;
  const none = { args: { type: 'object' as const, properties: {} } };
  const ready = async (): Promise<Progress | null> => {
    await learned.look(true);
    return valueOf(learned.progress.value);
  };
  commands.addCommand(CommandIds.showPath, {
    label: trans.__('Show the Path'),
    caption: trans.__(
      'Lessons and concepts: where you are and what comes next'
    ),
    icon: pathIcon,
    describedBy: none,
    execute: show
  });
  commands.addCommand(CommandIds.goOn, {
    label: () => {
      const title = nextTitle(learned.progress.value);
      return title === null
        ? trans.__('Continue Learning')
        : trans.__('Continue: %1', title);
    },
    caption: trans.__('Open the lesson that comes next, where you left it'),
    icon: pathIcon,
    describedBy: none,
    execute: () =>
      told(async () => {
        const progress = await ready();
        const step = progress?.next ?? null;
        const path =
          progress === null || step === null ? null : pathOf(progress, step);
        if (step === null || path === null) {
          show(); // The panel tells what is the matter, or that all is done.
          return;
        }
        await openLesson(path, step.item, commands, notebooks, session, trans);
      })
  });
  learned.progress.changed.connect(() =>
    commands.notifyCommandChanged(CommandIds.goOn)
  );
  commands.addCommand(CommandIds.openLesson, {
    label: trans.__('Open a Lesson'),
    describedBy: {
      args: {
        type: 'object',
        required: ['filePath'],
        properties: {
          filePath: { type: 'string', description: 'Path in the workspace' },
          item: {
            type: 'string',
            description: 'Prediction, exercise or question to go to'
          }
        }
      }
    },
    execute: ({ filePath, item }) =>
      told(() =>
        openLesson(
          String(filePath),
          typeof item === 'string' ? item : null,
          commands,
          notebooks,
          session,
          trans
        )
      )
  });
  commands.addCommand(CommandIds.resetLesson, {
    label: trans.__('Begin a Lesson Anew'),
    describedBy: {
      args: {
        type: 'object',
        required: ['lesson'],
        properties: { lesson: { type: 'string' } }
      }
    },
    execute: args =>
      told(async () => {
        const progress = await ready();
        const lesson =
          progress?.clusters
            .flatMap(({ lessons }) => lessons)
            .find(({ id }) => id === args.lesson) ?? null;
        if (lesson !== null) {
          await resetLesson(lesson, options);
        }
      })
  });
  commands.addCommand(CommandIds.exportProgress, {
    label: trans.__('Export Progress'),
    caption: trans.__('Everything you answered, as one JSON file'),
    describedBy: none,
    execute: () => told(() => exportProgress(api, session.document.value))
  });
  commands.addCommand(CommandIds.importProgress, {
    label: trans.__('Import Progress'),
    caption: trans.__('Bring in a file that was exported; what is here stays'),
    describedBy: none,
    execute: () =>
      told(() => importProgress(api, learned, session.document.value, trans))
  });
}

/** Title of the lesson that comes next; null while it is not known. */
export function nextTitle(progress: Loaded<Progress>): string | null {
  const value = valueOf(progress);
  return value === null
    ? null
    : (lessonIn(value, value.next?.lesson ?? null)?.title ?? null);
}

function valueOf(progress: Loaded<Progress>): Progress | null {
  return progress.kind === 'ready' ? progress.value : null;
}

function pathOf(progress: Progress, step: NextStep): string | null {
  return lessonIn(progress, step.lesson)?.file_path ?? null;
}

/** What goes wrong becomes a notification with its next step. */
async function told(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    tellError(thrown);
  }
}
