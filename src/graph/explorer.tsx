/**
 * The panel with a graph: tools, map or list, what is selected, the way that was asked
 * for. Selection and highlight live in the session; how one looks at the graph lives here.
 */
import * as React from 'react';

import type { KnowledgeGraph } from '../api/types.gen';
import { useField } from '../parts/use-field';
import { ConnectionList } from './list/connection-list';
import { GraphTree } from './list/tree';
import { MapView } from './map/map-view';
import { DEFAULT_FILTER, type IFilter, shown as inView } from './model/filter';
import { buildModel } from './model/model';
import { spoken } from './model/words';
import { SelectedCard } from './parts/card';
import { Choice } from './parts/choice';
import { KeyBox } from './parts/key-box';
import { MoreMenu } from './parts/more-menu';
import { PathBox } from './parts/path-box';
import { SearchBox } from './parts/search-box';
import { NothingShown } from './parts/states';
import { TrailBar } from './parts/trail-bar';
import type { IServices, Wish } from './services';
import { useHeight } from './use-height';
import { usePath } from './use-path';
import { useShown } from './use-shown';
import { useTrail } from './use-trail';

type Mode = 'map' | 'list';

interface IExplorerProps {
  readonly graph: KnowledgeGraph;
  readonly prefix: string;
  readonly services: IServices;
  /** What somebody outside asked for last. */
  readonly asked: Wish | null;
}

export function Explorer(props: IExplorerProps): JSX.Element {
  const { graph, prefix, services, asked } = props;
  const { session, trans } = services;
  const model = React.useMemo(() => buildModel(graph), [graph]);
  const [filter, setFilter] = React.useState<IFilter>(DEFAULT_FILTER);
  const view = React.useMemo(() => inView(model, filter), [model, filter]);
  const [mode, setMode] = React.useState<Mode>('map');
  const [nearby, setNearby] = React.useState(false);
  const [wish, setWish] = React.useState<Wish | null>(null);
  const [keyOpen, setKeyOpen] = React.useState(false);
  const [told, tell] = React.useState<readonly number[]>([]);
  const root = React.useRef<HTMLDivElement>(null);
  const [foot, footHeight] = useHeight();
  const [trail, forget] = useTrail(session, model);
  const way = usePath(model, view);
  const shown = useShown(services, model, view, tell, way.take);
  const highlight = useField(session.highlight);
  const selected =
    shown.selection === null ? null : (model.byId.get(shown.selection) ?? null);
  const arranged = useField(services.arrangement);
  const lit = highlight.ids.filter(id => model.byId.has(id)).length;

  const ask = (what: Wish): void => {
    if (what.kind === 'path') {
      way.start(what.from, what.to);
      if (what.to === null) {
        root.current
          ?.querySelector<HTMLElement>('input[type="search"]')
          ?.focus();
      }
      return;
    }
    if (what.kind === 'nearby' || what.kind === 'all') {
      setNearby(what.kind === 'nearby');
    }
    setWish(what);
  };
  React.useEffect(() => {
    if (asked !== null) {
      ask(asked);
    }
    // Only a new wish is a wish.
  }, [asked]);
  React.useEffect(() => tell([]), [model]);

  const footer = (
    <div ref={foot} className="jp-NanochatLearn-foot">
      <TrailBar trail={trail} shown={shown} clear={forget} />
      {way.from !== null && (
        <PathBox
          from={way.from}
          to={way.to}
          path={way.path}
          shown={shown}
          turn={way.turn}
          close={way.close}
        />
      )}
      {selected !== null && !way.wanted && (
        <div className="jp-NanochatLearn-chosen">
          <SelectedCard
            node={selected}
            shown={shown}
            pin={() => ask({ kind: 'pin', id: selected.id })}
            path={() => ask({ kind: 'path', from: selected.id, to: null })}
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
    </div>
  );
  return (
    <div
      ref={root}
      className="jp-NanochatLearn-explorer"
      data-mode={mode}
      onKeyDown={event => {
        if (event.key === 'Escape' && way.from !== null) {
          way.close();
        }
      }}
    >
      <div
        className="jp-NanochatLearn-panelTools jp-NanochatLearn-graphTools"
        role="group"
        aria-label={trans.__('Graph')}
      >
        <SearchBox
          shown={shown}
          asks={
            way.wanted ? trans.__('Path to…') : trans.__('Search (press /)')
          }
        />
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
                trans.__('All'),
                !nearby,
                () => ask({ kind: 'all' }),
                trans.__('The whole map')
              ],
              [
                trans.__('Nearby'),
                nearby,
                () => ask({ kind: 'nearby' }),
                trans.__('What is around the selected node or the open file')
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
          {trans.__('Key')}
        </button>
        {mode === 'map' && (
          <MoreMenu
            trans={trans}
            arrangement={services.arrangement}
            wish={ask}
          />
        )}
      </div>
      <div className="jp-NanochatLearn-body">
        <MapView
          services={services}
          shown={shown}
          prefix={prefix}
          trail={trail}
          path={way.path}
          told={told}
          wish={wish}
          hidden={mode !== 'map'}
          covered={mode === 'map' ? footHeight : 0}
        />
        {mode === 'list' && <GraphTree {...shown} />}
        {!view.nodes.includes(1) && (
          <NothingShown
            trans={trans}
            showAll={() => setFilter(DEFAULT_FILTER)}
          />
        )}
        <div className="jp-NanochatLearn-over">
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
          {keyOpen && (
            <KeyBox
              shown={shown}
              filter={filter}
              setFilter={setFilter}
              arranged={arranged}
              byMastery={services.byMastery}
              close={() => setKeyOpen(false)}
            />
          )}
        </div>
        {footer}
      </div>
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
