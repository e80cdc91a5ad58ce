/**
 * The map's place in the panel: hosts the canvases, the keys on them, the card under the
 * pointer. The map itself (`map.ts`, with d3) is loaded when this is first shown.
 */
import * as React from 'react';

import { Caught } from './caught';
import type { Direction } from './direction';
import { HoverCard } from './card';
import type { GraphMap } from './map';
import type { IGraphNode } from './model';
import type { IServices, IShown } from './services';

interface IMapViewProps {
  readonly services: IServices;
  readonly shown: IShown;
  readonly prefix: string;
  readonly nearby: boolean;
  /** Counts the wishes to see the neighbourhood of what is selected. */
  readonly wish: number;
  readonly hidden: boolean;
}

interface IHover {
  readonly node: IGraphNode;
  readonly x: number;
  readonly y: number;
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right'
};

const ZOOM = 1.3;

export function MapView(props: IMapViewProps): JSX.Element {
  const { services, shown, prefix, nearby, wish, hidden } = props;
  const { session, trans } = services;
  const host = React.useRef<HTMLDivElement>(null);
  const [map, setMap] = React.useState<GraphMap | null>(null);
  const [failed, setFailed] = React.useState<unknown>(null);
  const [hover, setHover] = React.useState<IHover | null>(null);
  const [busy, setBusy] = React.useState(true);
  const latest = React.useRef(shown);
  latest.current = shown;
  const keys = React.useId();

  React.useEffect(() => {
    let made: GraphMap | null = null;
    let gone = false;
    void import('./map')
      .then(({ GraphMap }) => {
        if (gone || host.current === null) {
          return;
        }
        made = new GraphMap(host.current, {
          session: services.session,
          api: services.api,
          themes: services.themes,
          hover: (node, x, y) =>
            setHover(node === null ? null : { node, x, y }),
          open: id => latest.current.open(id),
          arranging: setBusy
        });
        setMap(made);
      })
      .catch(setFailed);
    return () => {
      gone = true;
      made?.dispose();
    };
  }, [services]);

  const { model, visible } = shown;
  React.useEffect(() => {
    map?.show(model, visible, prefix);
  }, [map, model, visible, prefix]);
  React.useEffect(() => {
    map?.setNearby(nearby);
  }, [map, nearby, wish]);

  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (
      map === null ||
      event.target !== host.current ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    ) {
      return;
    }
    const direction = ARROWS[event.key];
    if (direction !== undefined) {
      map.walk(direction);
    } else if (event.key === 'Enter' && shown.selection !== null) {
      shown.open(shown.selection);
    } else if (event.key === '+' || event.key === '=') {
      map.zoomBy(ZOOM);
    } else if (event.key === '-') {
      map.zoomBy(1 / ZOOM);
    } else if (event.key === '0') {
      map.fit();
    } else if (
      event.key === 'Escape' &&
      session.highlight.value.ids.length > 0
    ) {
      session.highlight.set({ ids: [], reason: '' });
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  if (failed !== null) {
    return <Caught thrown={failed} trans={trans} />;
  }
  const button = (
    label: string,
    glyph: string,
    click: () => void
  ): JSX.Element => (
    <button
      type="button"
      className="jp-NanochatLearn-tool"
      title={label}
      aria-label={label}
      onClick={click}
    >
      {glyph}
    </button>
  );
  return (
    <div className="jp-NanochatLearn-map" hidden={hidden}>
      <div
        ref={host}
        className="jp-NanochatLearn-mapHost"
        role="application"
        aria-label={trans.__('Map of concepts and code')}
        aria-describedby={keys}
        tabIndex={0}
        data-lm-suppress-shortcuts="true"
        onKeyDown={onKeyDown}
      />
      <p id={keys} className="jp-NanochatLearn-spoken">
        {trans.__(
          'Arrow keys go to the neighbour in that direction, Enter opens it, plus and minus zoom, 0 shows all. The list says the same in words.'
        )}
      </p>
      {busy && (
        <p className="jp-NanochatLearn-busy" role="status">
          {trans.__('Arranging the map…')}
        </p>
      )}
      <div
        className="jp-NanochatLearn-zoom"
        role="group"
        aria-label={trans.__('Zoom')}
      >
        {button(trans.__('Zoom in'), '+', () => map?.zoomBy(ZOOM))}
        {button(trans.__('Zoom out'), '−', () => map?.zoomBy(1 / ZOOM))}
        {button(trans.__('Fit into view'), '⤢', () => map?.fit())}
      </div>
      {hover !== null && host.current !== null && (
        <HoverCard
          {...hover}
          width={host.current.clientWidth}
          height={host.current.clientHeight}
          shown={shown}
        />
      )}
    </div>
  );
}
