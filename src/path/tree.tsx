/** The path as a tree, by mouse and by keyboard: concepts open, lessons and concepts are told below. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { Progress } from '../api/types.gen';
import { masteryName, MasterySign } from '../parts/mastery';
import { useTree } from '../parts/use-tree';
import {
  type IPathRow,
  openAtFirst,
  pathTree,
  rowsOf,
  understood
} from './rows';
import { lessonNote, lessonNumber } from './words';

interface IPathTreeProps {
  readonly progress: Progress;
  /** Key of the row that is told about below the tree. */
  readonly chosen: string | null;
  readonly choose: (row: IPathRow) => void;
  readonly open: (row: IPathRow) => void;
  /** What the learner points at, or null. */
  readonly point: (row: IPathRow | null) => void;
  readonly trans: TranslationBundle;
}

export function PathTree(props: IPathTreeProps): JSX.Element {
  const { progress, chosen, choose, open, point, trans } = props;
  const tree = React.useMemo(() => pathTree(progress), [progress]);
  const { rows, here, root, onKeyDown, go, fold } = useTree(
    React.useCallback(opened => rowsOf(tree, opened), [tree]),
    (kind, key) => {
      const row = rows.find(candidate => candidate.key === key);
      if (row !== undefined) {
        choose(row);
        if (kind === 'open') {
          open(row);
        }
      }
    },
    openAtFirst(progress)
  );
  // What leaves the panel is not pointed at any more.
  React.useEffect(() => () => point(null), []);
  return (
    <div
      ref={root}
      role="tree"
      className="jp-NanochatLearn-tree jp-NanochatLearn-pathTree"
      aria-label={trans.__('Lessons and concepts')}
      onKeyDown={onKeyDown}
      onMouseLeave={() => point(null)}
      onBlur={() => point(null)}
    >
      {rows.map(row => (
        <div
          key={row.key}
          role="treeitem"
          className={`jp-NanochatLearn-pathRow jp-mod-${row.what.kind}`}
          aria-level={row.level}
          aria-posinset={row.position}
          aria-setsize={row.size}
          aria-expanded={row.foldable ? row.expanded : undefined}
          aria-selected={row.opens && row.key === chosen}
          aria-label={spoken(row, trans)}
          tabIndex={row.key === here ? 0 : -1}
          style={{ paddingInlineStart: `${4 + (row.level - 1) * 12}px` }}
          onFocus={() => {
            go(row.key);
            point(row);
          }}
          onMouseEnter={() => point(row)}
          onClick={() => {
            go(row.key, true);
            if (!row.opens) {
              fold(row.key, !row.expanded);
              return;
            }
            choose(row);
            if (row.what.kind === 'concept') {
              open(row);
            } else if (row.foldable && !row.expanded) {
              fold(row.key, true);
            }
          }}
          onDoubleClick={() => row.what.kind === 'lesson' && open(row)}
        >
          <span
            className="jp-NanochatLearn-twist"
            aria-hidden="true"
            onClick={event => {
              if (row.foldable) {
                event.stopPropagation();
                fold(row.key, !row.expanded);
              }
            }}
          >
            {row.foldable ? (row.expanded ? '▾' : '▸') : ''}
          </span>
          <Cells row={row} trans={trans} />
        </div>
      ))}
    </div>
  );
}

function Cells({
  row: { what, label },
  trans
}: {
  row: IPathRow;
  trans: TranslationBundle;
}): JSX.Element {
  switch (what.kind) {
    case 'cluster': {
      const [many, all] = understood(what.cluster.concepts);
      return (
        <>
          <span
            className="jp-NanochatLearn-gapDot"
            style={{ background: what.cluster.colour }}
          />
          <span className="jp-NanochatLearn-rowLabel">{label}</span>
          <span
            className="jp-NanochatLearn-rowNote"
            title={trans.__('%1 of %2 understood', many, all)}
          >
            {many}/{all}
          </span>
        </>
      );
    }
    case 'lesson':
      return (
        <>
          <LessonSign state={what.lesson.state} />
          <span className="jp-NanochatLearn-pathLesson">
            {lessonNumber(what.lesson.id)} · {label}
            <span className="jp-NanochatLearn-rowNote">
              {lessonNote(what.lesson, trans)}
            </span>
          </span>
        </>
      );
    case 'concept':
      return (
        <>
          <MasterySign state={what.concept.state} />
          <span className="jp-NanochatLearn-rowLabel" title={label}>
            {label}
          </span>
          <span className="jp-NanochatLearn-rowNote">
            {masteryName(what.concept.state, trans)}
          </span>
        </>
      );
  }
}

/** A page: dashed, empty, half written, ticked. */
function LessonSign({
  state
}: {
  state: 'to_come' | 'unseen' | 'started' | 'done';
}): JSX.Element {
  return (
    <svg
      className={`jp-NanochatLearn-lessonSign jp-mod-${state}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      <path
        d="M3 1.700h7l3 3v9.600H3z"
        strokeDasharray={state === 'to_come' ? '2 1.800' : undefined}
      />
      {state === 'started' && <path d="M5.200 7h5.600M5.200 9.500h3" />}
      {state === 'done' && <path d="M5 8.600l2.200 2.200L11 6.200" />}
    </svg>
  );
}

/** One breath for screen readers. */
function spoken({ what, label }: IPathRow, trans: TranslationBundle): string {
  switch (what.kind) {
    case 'cluster': {
      const [many, all] = understood(what.cluster.concepts);
      return trans.__('%1, %2 of %3 concepts understood', label, many, all);
    }
    case 'lesson':
      return trans.__(
        'Lesson %1, %2, %3',
        lessonNumber(what.lesson.id),
        label,
        lessonNote(what.lesson, trans)
      );
    case 'concept':
      return trans.__(
        'Concept %1, %2',
        label,
        masteryName(what.concept.state, trans)
      );
  }
}
