/** Search, severity and kind. The numbers count the whole report. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { Gap } from '../api/types.gen';
import { countOf, type IGapFilter, type IGapGroup, kindsOf } from './report';
import { kindName, severityName } from './words';

interface IFilterBoxProps {
  readonly groups: readonly IGapGroup[];
  readonly filter: IGapFilter;
  readonly setFilter: (filter: IGapFilter) => void;
  readonly trans: TranslationBundle;
}

export function FilterBox(props: IFilterBoxProps): JSX.Element {
  const { groups, filter, setFilter, trans } = props;
  const choices: [Gap['severity'] | null, string, number][] = [
    [null, trans.__('All'), countOf(groups)],
    ['error', severityName('error', trans), countOf(groups, 'error')],
    ['warning', severityName('warning', trans), countOf(groups, 'warning')]
  ];
  const kinds = kindsOf(groups);
  return (
    <div
      className="jp-NanochatLearn-panelTools jp-NanochatLearn-gapsTools"
      role="group"
      aria-label={trans.__('Which gaps to show')}
    >
      <input
        type="search"
        placeholder={trans.__('Search the gaps')}
        aria-label={trans.__('Search the gaps')}
        value={filter.text}
        onChange={({ target }) => setFilter({ ...filter, text: target.value })}
      />
      <div
        role="group"
        className="jp-NanochatLearn-choice"
        aria-label={trans.__('Severity')}
      >
        {choices.map(([severity, name, count]) => (
          <button
            key={name}
            type="button"
            className="jp-NanochatLearn-tool"
            aria-pressed={filter.severity === severity}
            onClick={() => setFilter({ ...filter, severity })}
          >
            {name} {count}
          </button>
        ))}
      </div>
      <select
        aria-label={trans.__('Kind')}
        value={filter.kind ?? ''}
        onChange={({ target }) =>
          setFilter({
            ...filter,
            kind: kinds.find(({ kind }) => kind === target.value)?.kind ?? null
          })
        }
      >
        <option value="">{trans.__('Every kind')}</option>
        {kinds.map(({ kind, count }) => (
          <option key={kind} value={kind}>
            {kindName(kind, trans)} ({count})
          </option>
        ))}
      </select>
    </div>
  );
}
