/** The key of the map, which is its filter too: what each sign means, and a box to hide it. */
import * as React from 'react';

import { MASTERIES, masteryName, MasterySign } from '../../parts/mastery';
import type { IField } from '../../tokens';
import type { Arranged } from '../kept-choice';
import {
  DEFAULT_FILTER,
  type IFilter,
  isDefault,
  toggled
} from '../model/filter';
import { Glyph, LineGlyph } from './glyph';
import { type EdgeKind, type IGraphModel, NODE_TYPES } from '../model/model';
import type { IShown } from '../services';
import { phrase, typePlural } from '../model/words';

interface IKeyBoxProps {
  readonly shown: IShown;
  readonly filter: IFilter;
  readonly setFilter: (filter: IFilter) => void;
  readonly arranged: Arranged;
  readonly byMastery: IField<boolean>;
  readonly close: () => void;
}

/** One row of lines for kinds that look the same. */
const LINES: readonly (readonly EdgeKind[])[] = [
  ['contains'],
  ['calls', 'instantiates'],
  ['imports'],
  ['inherits', 'overrides'],
  ['explains', 'defines', 'visualizes', 'teaches'],
  ['references'],
  ['prerequisite']
];

export function KeyBox({
  shown: { model, mastery, trans },
  filter,
  setFilter,
  arranged,
  byMastery,
  close
}: IKeyBoxProps): JSX.Element {
  const types = NODE_TYPES.filter(type => count(model, 'type', type) > 0);
  const clusters = model.clusters.filter(
    ({ id }) => count(model, 'cluster', id) > 0
  );
  const lines = LINES.map(row =>
    row.filter(kind => model.edges.some(edge => edge.kind === kind))
  ).filter(row => row.length > 0);
  const line = (row: readonly EdgeKind[]): JSX.Element => (
    <Entry
      key={row[0]}
      sign={<LineGlyph kind={row[0]} />}
      name={row.map(kind => phrase(kind, true, trans)).join(', ')}
      count={model.edges.filter(({ kind }) => row.includes(kind)).length}
      on={!row.every(kind => filter.hiddenKinds.has(kind))}
      turn={() =>
        setFilter({
          ...filter,
          hiddenKinds: row.reduce<ReadonlySet<EdgeKind>>(
            toggled,
            filter.hiddenKinds
          )
        })
      }
    />
  );
  return (
    <section
      className="jp-NanochatLearn-key"
      aria-label={trans.__('Key')}
      onKeyDown={event => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          close();
        }
      }}
    >
      <div className="jp-NanochatLearn-keyHead">
        <p>{trans.__('What the signs mean. Click one to hide or show it.')}</p>
        {!isDefault(filter) && (
          <button
            type="button"
            className="jp-NanochatLearn-do"
            onClick={() => setFilter(DEFAULT_FILTER)}
          >
            {trans.__('Reset')}
          </button>
        )}
        <button
          type="button"
          className="jp-NanochatLearn-tool"
          title={trans.__('Close the key')}
          aria-label={trans.__('Close the key')}
          onClick={close}
        >
          ×
        </button>
      </div>
      <fieldset>
        <legend>{trans.__('Colours')}</legend>
        <label className="jp-NanochatLearn-keyEntry">
          <input
            type="checkbox"
            checked={mastery !== null}
            onChange={() => byMastery.set(mastery === null)}
          />
          <span>{trans.__('Concepts by what you understood')}</span>
        </label>
        {mastery !== null &&
          MASTERIES.map(state => (
            <p key={state} className="jp-NanochatLearn-keyNote">
              <MasterySign state={state} />
              {masteryName(state, trans)}
              <span className="jp-NanochatLearn-rowNote">
                {
                  model.nodes.filter(
                    ({ type, id }) =>
                      type === 'concept' &&
                      (mastery.get(id) ?? 'unseen') === state
                  ).length
                }
              </span>
            </p>
          ))}
      </fieldset>
      <fieldset>
        <legend>{trans.__('Nodes')}</legend>
        {types.map(type => (
          <Entry
            key={type}
            sign={<Glyph type={type} />}
            name={typePlural(type, trans)}
            count={count(model, 'type', type)}
            on={!filter.hiddenTypes.has(type)}
            turn={() =>
              setFilter({
                ...filter,
                hiddenTypes: toggled(filter.hiddenTypes, type)
              })
            }
          />
        ))}
        {mastery === null && (
          <p className="jp-NanochatLearn-keyNote">
            <Glyph type="concept" hollow={true} />
            {trans.__('hollow: planned, not written yet')}
          </p>
        )}
        {arranged === 'regions' && (
          <p className="jp-NanochatLearn-keyNote">
            <span className="jp-NanochatLearn-sheet" />
            {trans.__('a sheet: a file with what it holds')}
          </p>
        )}
      </fieldset>
      {clusters.length > 0 && (
        <fieldset>
          <legend>{trans.__('Regions of concepts')}</legend>
          {clusters.map(({ id, title, colour }) => (
            <Entry
              key={id}
              sign={
                <span
                  className="jp-NanochatLearn-swatch"
                  style={{ background: colour }}
                />
              }
              name={title}
              count={count(model, 'cluster', id)}
              on={!filter.hiddenClusters.has(id)}
              turn={() =>
                setFilter({
                  ...filter,
                  hiddenClusters: toggled(filter.hiddenClusters, id)
                })
              }
            />
          ))}
        </fieldset>
      )}
      <fieldset>
        <legend>{trans.__('Lines')}</legend>
        {lines.map(line)}
      </fieldset>
    </section>
  );
}

/** A sign, its meaning, how many there are; pressed while it is shown. */
function Entry({
  sign,
  name,
  count,
  on,
  turn
}: {
  readonly sign: JSX.Element;
  readonly name: string;
  readonly count: number;
  readonly on: boolean;
  readonly turn: () => void;
}): JSX.Element {
  return (
    <label className="jp-NanochatLearn-keyEntry">
      <input type="checkbox" checked={on} onChange={turn} />
      {sign}
      <span>{name}</span>
      <span className="jp-NanochatLearn-rowNote">{count}</span>
    </label>
  );
}

function count(
  model: IGraphModel,
  field: 'type' | 'cluster',
  value: string
): number {
  return model.nodes.filter(node => node[field] === value).length;
}
