/** The key of the map, which is its filter too: what each sign means, and a box to hide it. */
import * as React from 'react';

import { type IFilter, toggled } from './filter';
import { Glyph, LineGlyph } from './glyph';
import { type EdgeKind, type IGraphModel, NODE_TYPES } from './model';
import type { IShown } from './services';
import { phrase, typePlural } from './words';

interface IKeyBoxProps {
  readonly shown: IShown;
  readonly filter: IFilter;
  readonly setFilter: (filter: IFilter) => void;
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
  shown,
  filter,
  setFilter
}: IKeyBoxProps): JSX.Element {
  const { model, trans } = shown;
  const types = NODE_TYPES.filter(type => count(model, 'type', type) > 0);
  const clusters = model.clusters.filter(
    ({ id }) => count(model, 'cluster', id) > 0
  );
  const kinds = new Set(model.edges.map(({ kind }) => kind));
  const lines = LINES.map(row => row.filter(kind => kinds.has(kind))).filter(
    row => row.length > 0
  );
  return (
    <div className="jp-NanochatLearn-key">
      <fieldset>
        <legend>{trans.__('Show')}</legend>
        {types.map(type => (
          <label key={type}>
            <input
              type="checkbox"
              checked={!filter.hiddenTypes.has(type)}
              onChange={() =>
                setFilter({
                  ...filter,
                  hiddenTypes: toggled(filter.hiddenTypes, type)
                })
              }
            />
            <Glyph type={type} />
            <span>{typePlural(type, trans)}</span>
            <span className="jp-NanochatLearn-rowNote">
              {count(model, 'type', type)}
            </span>
          </label>
        ))}
      </fieldset>
      {clusters.length > 0 && (
        <fieldset>
          <legend>{trans.__('Concepts of')}</legend>
          {clusters.map(({ id, title, colour }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={!filter.hiddenClusters.has(id)}
                onChange={() =>
                  setFilter({
                    ...filter,
                    hiddenClusters: toggled(filter.hiddenClusters, id)
                  })
                }
              />
              <Glyph type="concept" colour={colour} />
              <span>{title}</span>
              <span className="jp-NanochatLearn-rowNote">
                {count(model, 'cluster', id)}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      <div>
        <h3>{trans.__('Signs')}</h3>
        <ul>
          <li>
            <Glyph type="concept" hollow={true} />
            <span>{trans.__('hollow: planned, not written yet')}</span>
          </li>
          {lines.map(row => (
            <li key={row[0]}>
              <LineGlyph kind={row[0]} />
              <span>
                {row.map(kind => phrase(kind, true, trans)).join(', ')}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function count(
  model: IGraphModel,
  field: 'type' | 'cluster',
  value: string
): number {
  return model.nodes.filter(node => node[field] === value).length;
}
