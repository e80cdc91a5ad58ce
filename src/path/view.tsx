/** The path: what comes next, what waits for another try, and all lessons and concepts. */
import * as React from 'react';

import type { NodeId, Progress } from '../api/types.gen';
import { UnsentNote } from '../parts/unsent-note';
import { useKeptFocus } from '../parts/use-kept-focus';
import { useField } from '../parts/use-field';
import { conceptNodeId } from '../state/graph';
import { CommandIds } from '../tokens';
import { Next } from './next';
import { Reviews } from './reviews';
import type { IPathRow } from './rows';
import type { IServices } from './services';
import { Told } from './told';
import { PathTree } from './tree';

export interface IPathViewProps extends IServices {
  readonly progress: Progress;
  readonly takeFocus: () => boolean;
}

export function PathView(props: IPathViewProps): JSX.Element {
  const { progress, takeFocus, ...services } = props;
  const { learned, session, commands, trans } = services;
  const unsent = useField(learned.unsent);
  const [chosen, setChosen] = React.useState<IPathRow | null>(null);
  const root = React.useRef<HTMLDivElement>(null);
  useKeptFocus(root, panel =>
    panel.querySelector('[role="treeitem"][tabindex="0"]')
  );

  const open = ({ what }: IPathRow): void => {
    switch (what.kind) {
      case 'cluster':
        return;
      case 'lesson':
        if (what.lesson.file_path !== null) {
          void commands.execute(CommandIds.openLesson, {
            filePath: what.lesson.file_path,
            ...(what.lesson.resume === null ? {} : { item: what.lesson.resume })
          });
        }
        return;
      case 'concept': {
        const { id, title } = what.concept;
        session.highlight.set({
          ids: [conceptNodeId(id)],
          reason: trans.__('From the path: %1', title)
        });
        void commands.execute(CommandIds.openConcept, { id });
      }
    }
  };
  const point = (row: IPathRow | null): void => {
    const ids = row === null ? [] : meant(row);
    if (ids.length > 0) {
      session.pointing.set({ ids, by: 'path' });
    } else if (session.pointing.value?.by === 'path') {
      session.pointing.set(null);
    }
  };
  return (
    <div
      ref={root}
      className="jp-NanochatLearn-panelContent jp-NanochatLearn-pathContent"
    >
      <Next {...services} progress={progress} takeFocus={takeFocus} />
      <div role="status">
        {unsent !== null && (
          <UnsentNote unsent={unsent} learned={learned} trans={trans} />
        )}
        {progress.damaged.length > 0 && (
          <p className="jp-NanochatLearn-unsent">
            {trans.__(
              'Some of your progress could not be read and is left out: %1. Nothing was deleted.',
              progress.damaged.join('; ')
            )}
          </p>
        )}
      </div>
      <Reviews {...services} reviews={progress.reviews} />
      <PathTree
        progress={progress}
        chosen={chosen?.key ?? null}
        choose={setChosen}
        open={open}
        point={point}
        trans={trans}
      />
      {chosen !== null && (
        <Told {...services} progress={progress} what={chosen.what} />
      )}
      <div
        className="jp-NanochatLearn-carry"
        role="group"
        aria-label={trans.__('Your progress as a file')}
      >
        <button
          type="button"
          className="jp-NanochatLearn-link"
          onClick={() => void commands.execute(CommandIds.exportProgress)}
        >
          {trans.__('Export progress')}
        </button>
        <button
          type="button"
          className="jp-NanochatLearn-link"
          onClick={() => void commands.execute(CommandIds.importProgress)}
        >
          {trans.__('Import progress')}
        </button>
      </div>
    </div>
  );
}

/** A concept means itself, a lesson what it teaches. */
function meant({ what }: IPathRow): NodeId[] {
  switch (what.kind) {
    case 'cluster':
      return [];
    case 'lesson':
      return what.concepts.map(({ id }) => conceptNodeId(id));
    case 'concept':
      return [conceptNodeId(what.concept.id)];
  }
}
