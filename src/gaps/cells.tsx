/** What stands in a row: of a cluster its name and counts, of a gap the sentence and the place. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { Gap } from '../api/types.gen';
import { withCode } from '../parts/with-code';
import { SeveritySign } from './drawings';
import { countOf, type IGapGroup } from './report';
import { kindName, placeName, severityName } from './words';

export function GroupCells({
  group,
  expanded,
  trans
}: {
  group: IGapGroup;
  expanded: boolean;
  trans: TranslationBundle;
}): JSX.Element {
  const severities: Gap['severity'][] = ['error', 'warning'];
  return (
    <>
      <span role="gridcell" className="jp-NanochatLearn-gapCluster">
        <span className="jp-NanochatLearn-twist" aria-hidden="true">
          {expanded ? '▾' : '▸'}
        </span>
        <span
          className="jp-NanochatLearn-gapDot"
          style={
            group.cluster === null
              ? undefined
              : { background: group.cluster.colour }
          }
        />
        {group.cluster?.title ?? trans.__('Elsewhere')}
      </span>
      <span role="gridcell" className="jp-NanochatLearn-gapCounts">
        {severities.map(severity => {
          const count = countOf([group], severity);
          return (
            count > 0 && (
              <span
                key={severity}
                title={`${severityName(severity, trans)}: ${count}`}
              >
                <SeveritySign severity={severity} />
                <span className="jp-NanochatLearn-spoken">
                  {severityName(severity, trans)}:{' '}
                </span>
                {count}
              </span>
            )
          );
        })}
      </span>
    </>
  );
}

export function GapCells({
  gap,
  trans
}: {
  gap: Gap;
  trans: TranslationBundle;
}): JSX.Element {
  return (
    <>
      <span role="gridcell" className="jp-NanochatLearn-gapWhat">
        <SeveritySign severity={gap.severity} />
        <span title={kindName(gap.kind, trans)}>
          <span className="jp-NanochatLearn-spoken">
            {severityName(gap.severity, trans)}:{' '}
          </span>
          {withCode(gap.message)}
        </span>
      </span>
      <span role="gridcell" className="jp-NanochatLearn-gapWhere">
        {placeName(gap, trans)}
      </span>
    </>
  );
}
