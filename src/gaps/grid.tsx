/**
 * The list as a treegrid: clusters, and in each its gaps. One row is in the tab order;
 * arrows walk, Enter opens. A refresh leaves the learner on the row where they were.
 */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { Gap } from '../api/types.gen';
import { GapCells, GroupCells } from './cells';
import type { IGapGroup } from './report';
import { deedOf, FIRST, placeIn, type Row, rowsOf } from './rows';

interface IGapGridProps {
  readonly groups: readonly IGapGroup[];
  readonly open: (gap: Gap) => void;
  /** What the learner points at, or null. */
  readonly point: (gap: Gap | null) => void;
  readonly takeFocus: () => boolean;
  readonly trans: TranslationBundle;
}

const NONE: ReadonlySet<string> = new Set();

export function GapGrid(props: IGapGridProps): JSX.Element {
  const { groups, open, point, takeFocus, trans } = props;
  const [folded, setFolded] = React.useState(NONE);
  const [shown, setShown] = React.useState<ReadonlyMap<string, number>>(
    new Map()
  );
  const [current, setCurrent] = React.useState<string | null>(null);
  const lastAt = React.useRef(0);
  const root = React.useRef<HTMLDivElement>(null);
  const rows = React.useMemo(
    () => rowsOf(groups, folded, shown),
    [groups, folded, shown]
  );
  const at = placeIn(rows, current, lastAt.current);
  lastAt.current = at;

  // A row that vanishes takes the focus with it: asked before it is gone.
  const hadFocus = root.current?.contains(document.activeElement) ?? false;
  React.useLayoutEffect(() => {
    const lost = hadFocus && !root.current?.contains(document.activeElement);
    if (takeFocus() || lost) {
      rowAt(root.current, at)?.focus();
    }
  });
  // What leaves the list is not pointed at any more.
  React.useEffect(() => () => point(null), []);

  const act = (row: Row): void => {
    switch (row.kind) {
      case 'group': {
        const next = new Set(folded);
        if (!next.delete(row.group.key)) {
          next.add(row.group.key);
        }
        setFolded(next);
        return;
      }
      case 'gap':
        return open(row.entry.gap);
      case 'more':
        setShown(
          new Map(shown).set(row.group, (shown.get(row.group) ?? FIRST) + FIRST)
        );
    }
  };

  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const deed = deedOf(rows, at, event.key);
    if (deed === null) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (deed.kind === 'go') {
      rowAt(root.current, deed.to)?.focus();
    } else {
      act(rows[deed.at]);
    }
  };

  return (
    <div
      ref={root}
      role="treegrid"
      aria-label={trans.__('Gaps')}
      className="jp-NanochatLearn-gapsList"
      onKeyDown={onKeyDown}
    >
      <div role="row" className="jp-NanochatLearn-spoken">
        <span role="columnheader">{trans.__('What')}</span>
        <span role="columnheader">{trans.__('Where')}</span>
      </div>
      {rows.map((row, n) => (
        <div
          key={row.key}
          role="row"
          className={`jp-NanochatLearn-gapRow jp-mod-${row.kind}`}
          aria-level={row.kind === 'group' ? 1 : 2}
          aria-posinset={row.position}
          aria-setsize={row.size}
          aria-expanded={row.kind === 'group' ? row.expanded : undefined}
          tabIndex={n === at ? 0 : -1}
          onFocus={() => {
            setCurrent(row.key);
            point(gapOf(row));
          }}
          onBlur={() => point(null)}
          onMouseEnter={() => point(gapOf(row))}
          onMouseLeave={() => point(null)}
          onClick={() => {
            setCurrent(row.key);
            act(row);
          }}
        >
          <Cells row={row} trans={trans} />
        </div>
      ))}
    </div>
  );
}

function Cells({
  row,
  trans
}: {
  row: Row;
  trans: TranslationBundle;
}): JSX.Element {
  switch (row.kind) {
    case 'group':
      return (
        <GroupCells group={row.group} expanded={row.expanded} trans={trans} />
      );
    case 'gap':
      return <GapCells gap={row.entry.gap} trans={trans} />;
    case 'more':
      return (
        <span role="gridcell" className="jp-NanochatLearn-more">
          {trans._n('Show more (%1 left)', 'Show more (%1 left)', row.hidden)}
        </span>
      );
  }
}

function gapOf(row: Row): Gap | null {
  return row.kind === 'gap' ? row.entry.gap : null;
}

function rowAt(root: HTMLElement | null, at: number): HTMLElement | null {
  return (
    root?.querySelectorAll<HTMLElement>('[role="row"][aria-level]')[at] ?? null
  );
}
