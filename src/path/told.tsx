/** Below the tree: what is known of the chosen lesson or concept, and what can be done with it. */
import * as React from 'react';

import type { ConceptState, LessonState, Progress } from '../api/types.gen';
import { masteryName, MasterySign } from '../parts/mastery';
import { type Verdict, VerdictSign } from '../parts/verdict';
import { withCode } from '../parts/with-code';
import { conceptNodeId } from '../state/graph';
import { CommandIds } from '../tokens';
import { conceptIn, lessonIn, type What } from './rows';
import type { IServices } from './services';
import { itemName, itemStateName, lessonNote } from './words';

export function Told(
  props: IServices & {
    readonly progress: Progress;
    /** What was chosen; its state now is read from `progress`. */
    readonly what: What;
  }
): JSX.Element | null {
  const { progress, what, ...services } = props;
  switch (what.kind) {
    case 'cluster':
      return null;
    case 'lesson': {
      const lesson = lessonIn(progress, what.lesson.id);
      return lesson === null ? null : <Lesson {...services} lesson={lesson} />;
    }
    case 'concept': {
      const concept = conceptIn(progress, what.concept.id);
      return concept === null ? null : (
        <Concept
          {...services}
          concept={concept}
          lesson={lessonIn(progress, concept.lesson)}
        />
      );
    }
  }
}

function Lesson({
  commands,
  trans,
  lesson
}: IServices & { lesson: LessonState }): JSX.Element {
  const { id, title, file_path, items, resume, state } = lesson;
  const label =
    state === 'started' && resume !== null
      ? trans.__('Resume')
      : state === 'unseen'
        ? trans.__('Begin')
        : trans.__('Open');
  return (
    <section className="jp-NanochatLearn-pathTold" aria-label={title}>
      <p>
        <strong>{title}</strong>
      </p>
      <p className="jp-NanochatLearn-quiet">{lessonNote(lesson, trans)}</p>
      {items.length > 0 && (
        <ul className="jp-NanochatLearn-items">
          {items.map(item => (
            <li key={item.id}>
              <VerdictSign verdict={item.state satisfies Verdict} />
              <span>
                {itemName(item, trans)}: {itemStateName(item, trans)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {file_path === null ? (
        <p>{trans.__('This lesson is not written yet.')}</p>
      ) : (
        <div className="jp-NanochatLearn-deeds">
          <button
            type="button"
            className="jp-NanochatLearn-do jp-mod-first"
            onClick={() =>
              void commands.execute(CommandIds.openLesson, {
                filePath: file_path,
                ...(resume === null ? {} : { item: resume })
              })
            }
          >
            {label}
          </button>
          <button
            type="button"
            className="jp-NanochatLearn-do"
            onClick={() =>
              void commands.execute(CommandIds.resetLesson, { lesson: id })
            }
          >
            {trans.__('Begin anew…')}
          </button>
        </div>
      )}
    </section>
  );
}

function Concept({
  commands,
  trans,
  concept,
  lesson
}: IServices & {
  concept: ConceptState;
  lesson: LessonState | null;
}): JSX.Element {
  const { id, title, state, reason } = concept;
  return (
    <section className="jp-NanochatLearn-pathTold" aria-label={title}>
      <p>
        <strong>{title}</strong>
      </p>
      <p className="jp-NanochatLearn-masteryLine">
        <MasterySign state={state} />
        <span>
          {masteryName(state, trans)}
          {reason !== '' && <>: {withCode(reason)}</>}
        </span>
      </p>
      <div className="jp-NanochatLearn-deeds">
        <button
          type="button"
          className="jp-NanochatLearn-do"
          onClick={() =>
            void commands.execute(CommandIds.focusInGraph, {
              id: conceptNodeId(id)
            })
          }
        >
          {trans.__('Show in the graph')}
        </button>
        {lesson !== null && lesson.file_path !== null && (
          <button
            type="button"
            className="jp-NanochatLearn-do"
            onClick={() =>
              void commands.execute(CommandIds.openLesson, {
                filePath: lesson.file_path
              })
            }
          >
            {trans.__('Open its lesson')}
          </button>
        )}
      </div>
    </section>
  );
}
