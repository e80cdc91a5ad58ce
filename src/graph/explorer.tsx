/**
 * The panel with a graph: toolbar, map or list, what is selected, what is highlighted.
 * Selection and highlight live in the session; how one looks at the graph lives here.
 */
import * as React from 'react';

import type { KnowledgeGraph, NodeId } from '../api/types.gen';
import { CommandIds } from '../tokens';
import { SelectedCard } from './card';
import { ConnectionList } from './connection-list';
import { DEFAULT_FILTER, type IFilter, shown as shownNodes } from './filter';
import { KeyBox } from './key-box';
import { MapView } from './map-view';
import { buildModel } from './model';
import { SearchBox } from './search-box';
import type { IServices, IShown } from './services';
import { GraphTree } from './tree';
import { useField } from './use-field';
import { spoken } from './words';

type Mode = 'map' | 'list';

interface IExplorerProps {
  readonly graph: KnowledgeGraph;
  readonly prefix: string;
  readonly services: IServices;
  /** Counts the wishes from outside to see what is selected (`focusInGraph`). */
  readonly wishes: number;
}

export function Explorer(props: IExplorerProps): JSX.Element {
  const { graph, prefix, services, wishes } = props;
  const { session, commands, trans } = services;
  const model = React.useMemo(() => buildModel(graph), [graph]);
  const [filter, setFilter] = React.useState<IFilter>(DEFAULT_FILTER);
  const visible = React.useMemo(
    () => shownNodes(model, filter),
    [model, filter]
  );
  const [mode, setMode] = React.useState<Mode>('map');
  const [nearby, setNearby] = React.useState(true);
  const [wish, setWish] = React.useState(0);
  const [keyOpen, setKeyOpen] = React.useState(false);
  const selection = useField(session.selection);
  const highlight = useField(session.highlight);

  React.useEffect(() => {
    if (wishes > 0) {
      setNearby(true);
      setWish(n => n + 1);
    }
  }, [wishes]);

  const shown: IShown = {
    model,
    visible,
    selection,
    select: (id: NodeId) => session.selection.set(id),
    open: (id: NodeId) => void commands.execute(CommandIds.openNode, { id }),
    trans
  };
  const selected =
    selection === null ? null : (model.byId.get(selection) ?? null);
  const lit = highlight.ids.filter(id => model.byId.has(id)).length;

  return (
    <div className="jp-NanochatLearn-explorer" data-mode={mode}>
      <div
        className="jp-NanochatLearn-graphTools"
        role="group"
        aria-label={trans.__('Graph')}
      >
        <SearchBox shown={shown} />
        <Choice
          label={trans.__('View')}
          options={[
            [trans.__('Map'), mode === 'map', () => setMode('map')],
            [trans.__('List'), mode === 'list', () => setMode('list')]
          ]}
        />
        {mode === 'map' && (
          <Choice
            label={trans.__('Extent')}
            options={[
              [
                trans.__('Nearby'),
                nearby,
                () => {
                  setNearby(true);
                  setWish(wish + 1);
                },
                trans.__('What is around the selected node or the open file')
              ],
              [
                trans.__('All'),
                !nearby,
                () => setNearby(false),
                trans.__('The whole map')
              ]
            ]}
          />
        )}
        <button
          type="button"
          className="jp-NanochatLearn-tool"
          aria-expanded={keyOpen}
          title={trans.__('What the signs mean, and what to show')}
          onClick={() => setKeyOpen(!keyOpen)}
        >
          {trans.__('Key')} {keyOpen ? '▴' : '▾'}
        </button>
      </div>
      {keyOpen && (
        <KeyBox shown={shown} filter={filter} setFilter={setFilter} />
      )}
      {lit > 0 && (
        <div className="jp-NanochatLearn-lit">
          <span>{highlight.reason}</span>
          <button
            type="button"
            className="jp-NanochatLearn-tool"
            onClick={() => session.highlight.set({ ids: [], reason: '' })}
          >
            {trans.__('Clear')}
          </button>
        </div>
      )}
      <MapView
        services={services}
        shown={shown}
        prefix={prefix}
        nearby={nearby}
        wish={wish}
        hidden={mode !== 'map'}
      />
      {mode === 'list' && <GraphTree {...shown} />}
      {selected !== null && (
        <div className="jp-NanochatLearn-chosen">
          <SelectedCard
            node={selected}
            shown={shown}
            actions={
              mode === 'map' && (
                <button
                  type="button"
                  className="jp-NanochatLearn-do"
                  onClick={() => setMode('list')}
                >
                  {trans.__('Connections')}
                </button>
              )
            }
          />
          {mode === 'list' && <ConnectionList node={selected} shown={shown} />}
        </div>
      )}
      <div role="status" className="jp-NanochatLearn-spoken">
        {selected === null
          ? ''
          : trans.__('Selected: %1.', spoken(model, selected, trans))}{' '}
        {lit > 0 &&
          trans._n(
            '%2: %1 node highlighted.',
            '%2: %1 nodes highlighted.',
            lit,
            highlight.reason
          )}
      </div>
    </div>
  );
}

type Option = readonly [
  label: string,
  pressed: boolean,
  click: () => void,
  title?: string
];

/** Buttons of which one is pressed. */
function Choice({
  label,
  options
}: {
  label: string;
  options: readonly Option[];
}): JSX.Element {
  return (
    <div role="group" className="jp-NanochatLearn-choice" aria-label={label}>
      {options.map(([text, pressed, click, title]) => (
        <button
          key={text}
          type="button"
          className="jp-NanochatLearn-tool"
          aria-pressed={pressed}
          title={title}
          onClick={click}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
