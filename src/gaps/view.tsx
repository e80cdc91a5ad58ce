/** The report: what to look for, the list, and the joy when nothing is missing. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import * as React from 'react';

import type { Gap, KnowledgeGraph, NodeId } from '../api/types.gen';
import { slashToSearch } from '../parts/to-search';
import { CommandIds, type IField, type IPointing } from '../tokens';
import { Whole } from './drawings';
import { FilterBox } from './filter-box';
import { GapGrid } from './grid';
import { countOf, EVERYTHING, filtered, groupsOf } from './report';

interface IGapsViewProps {
  readonly graph: KnowledgeGraph;
  readonly pointing: IField<IPointing | null>;
  /** Whether the list is to take the focus now. */
  readonly takeFocus: () => boolean;
  readonly commands: CommandRegistry;
  readonly trans: TranslationBundle;
}

export function GapsView(props: IGapsViewProps): JSX.Element {
  const { graph, pointing, takeFocus, commands, trans } = props;
  const groups = React.useMemo(() => groupsOf(graph), [graph]);
  const known = React.useMemo(
    () => new Set<string>(graph.elements.nodes.map(({ data }) => data.id)),
    [graph]
  );
  const [filter, setFilter] = React.useState(EVERYTHING);
  const left = React.useMemo(() => filtered(groups, filter), [groups, filter]);
  const total = countOf(groups);

  if (total === 0) {
    return (
      <div
        className="jp-NanochatLearn-state jp-NanochatLearn-whole"
        role="status"
      >
        <Whole />
        <p>
          <strong>{trans.__('Nothing is missing.')}</strong>
        </p>
        <p>
          {trans.__(
            'Every tag leads to a concept, and every concept in the code is explained.'
          )}
        </p>
      </div>
    );
  }

  const point = (gap: Gap | null): void => {
    if (gap !== null && known.has(gap.id)) {
      pointing.set({ ids: [gap.id as NodeId], by: 'gaps' });
    } else if (pointing.value?.by === 'gaps') {
      pointing.set(null);
    }
  };
  const count = countOf(left);
  return (
    <div className="jp-NanochatLearn-panelContent" onKeyDown={slashToSearch}>
      <FilterBox
        groups={groups}
        filter={filter}
        setFilter={setFilter}
        trans={trans}
      />
      <div role="status" className="jp-NanochatLearn-spoken">
        {trans._n('%1 gap in view.', '%1 gaps in view.', count)}
      </div>
      {count === 0 ? (
        <div className="jp-NanochatLearn-state">
          <p>{trans.__('No gap fits this filter.')}</p>
          <button
            type="button"
            className="jp-NanochatLearn-do"
            onClick={() => setFilter(EVERYTHING)}
          >
            {trans.__('Show all gaps')}
          </button>
        </div>
      ) : (
        <GapGrid
          groups={left}
          open={gap => void commands.execute(CommandIds.openCode, place(gap))}
          point={point}
          takeFocus={takeFocus}
          trans={trans}
        />
      )}
    </div>
  );
}

/** A gap that means a whole file opens it at the top. */
function place({ file_path, line, cell }: Gap) {
  return {
    filePath: file_path,
    line: Math.max(1, line),
    ...(cell === null ? {} : { cell })
  };
}
