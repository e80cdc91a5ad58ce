/**
 * The map's place in the panel: hosts the canvases, the keys on them, the cards beside
 * the pointer. The map itself (`map.ts`, with d3) is loaded when this is first shown.
 */
import * as React from 'react';

import { tellError } from '../../state/telling';
import type { IPath } from '../model/path';
import type { Trail } from '../model/trail';
import { Caught } from '../parts/caught';
import { HoverCard, ReasonCard } from '../parts/card';
import type { IServices, IShown, Wish } from '../services';
import { ArrangingBar } from '../parts/arranging-bar';
import type { Direction } from './direction';
import type { GraphMap } from './map';

interface IMapViewProps {
  readonly services: IServices;
  readonly shown: IShown;
  readonly prefix: string;
  readonly trail: Trail;
  readonly path: IPath | null;
  /** Connections that a list tells about. */
  readonly told: readonly number[];
  readonly wish: Wish | null;
  readonly hidden: boolean;
  /** So many pixels at the bottom lie under the foot. */
  readonly covered: number;
}

/** What a card beside the pointer is about. */
type Hover =
  | { readonly node: number; readonly x: number; readonly y: number }
  | {
      readonly edges: readonly number[];
      readonly x: number;
      readonly y: number;
    };

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right'
};

const ZOOM = 1.3;

export function MapView(props: IMapViewProps): JSX.Element {
  const { services, shown, prefix, trail, path, told, wish, hidden, covered } =
    props;
  const { session, trans } = services;
  const host = React.useRef<HTMLDivElement>(null);
  const [map, setMap] = React.useState<GraphMap | null>(null);
  const [failed, setFailed] = React.useState<unknown>(null);
  const [hover, setHover] = React.useState<Hover | null>(null);
  const [share, setShare] = React.useState<number | null>(null);
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
        made = new GraphMap(host.current, services, {
          // Each clears its own card only: the pointer goes from node to line and back.
          hover: (node, x, y) => {
            setHover(card =>
              node !== null
                ? { node: node.index, x, y }
                : card !== null && 'node' in card
                  ? null
                  : card
            );
            latest.current.point(node?.id ?? null);
          },
          reasons: (edges, x, y) =>
            setHover(card =>
              edges.length > 0
                ? { edges, x, y }
                : card !== null && 'edges' in card
                  ? null
                  : card
            ),
          openReason: edge => latest.current.openReason(edge),
          select: id => latest.current.select(id),
          open: id => latest.current.open(id),
          progress: setShare
        });
        setMap(made);
      })
      .catch(setFailed);
    return () => {
      gone = true;
      made?.dispose();
    };
  }, [services]);

  const { model, view } = shown;
  React.useEffect(() => {
    setHover(null);
    map?.show(model, view, prefix).catch(tellError);
  }, [map, model, view, prefix]);
  React.useEffect(() => map?.cover(covered), [map, covered]);
  React.useEffect(() => map?.setTrail(trail), [map, trail]);
  React.useEffect(() => map?.setPath(path), [map, path, model, view]);
  React.useEffect(() => map?.tell(told), [map, told]);
  React.useEffect(() => map?.setMastery(shown.mastery), [map, shown.mastery]);
  React.useEffect(() => {
    switch (wish?.kind) {
      case 'nearby':
      case 'all':
        map?.setNearby(wish.kind === 'nearby');
        break;
      case 'tidy':
        map?.tidy();
        break;
      case 'pin':
        map?.togglePin(wish.id);
        break;
      case 'save':
        map?.save(wish.format).catch(tellError);
        break;
    }
  }, [map, wish]);

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
    const { selection } = shown;
    if (direction !== undefined) {
      const next = map.walk(direction);
      if (next !== null) {
        shown.select(next);
        shown.point(next);
      }
    } else if (event.key === 'Enter' && selection !== null) {
      shown.open(selection);
    } else if (event.key === 'p' && selection !== null) {
      map.togglePin(selection);
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
  const size = {
    width: host.current?.clientWidth ?? 0,
    height: host.current?.clientHeight ?? 0
  };
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
        onBlur={() => shown.point(null)}
      />
      <p id={keys} className="jp-NanochatLearn-spoken">
        {trans.__(
          'Arrow keys go to the neighbour in that direction, Enter opens it, P pins it, plus and minus zoom, 0 shows all. The list says the same in words.'
        )}
      </p>
      <div
        className="jp-NanochatLearn-zoom"
        role="group"
        aria-label={trans.__('Zoom')}
        style={{ bottom: covered + 6 }}
      >
        {button(trans.__('Zoom in'), '+', () => map?.zoomBy(ZOOM))}
        {button(trans.__('Zoom out'), '−', () => map?.zoomBy(1 / ZOOM))}
        {button(trans.__('Fit into view'), '⤢', () => map?.fit())}
      </div>
      {share !== null && (
        <ArrangingBar
          share={share}
          stop={() => map?.stop()}
          trans={trans}
          bottom={covered + 6}
        />
      )}
      {hover !== null &&
        ('node' in hover ? (
          <HoverCard
            node={model.nodes[hover.node]}
            at={hover}
            size={size}
            shown={shown}
          />
        ) : (
          <ReasonCard
            edges={hover.edges}
            at={hover}
            size={size}
            shown={shown}
          />
        ))}
    </div>
  );
}
