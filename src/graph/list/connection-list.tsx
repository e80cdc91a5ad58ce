/**
 * From a node to its neighbours, each with the place that is the reason. By keyboard: up
 * and down walk, right goes to the reason, left back; on a neighbour Space selects (and
 * the list becomes that neighbour's) and Enter opens.
 */
import * as React from 'react';

import { stepOf } from '../../parts/steps';
import {
  connectionsOf,
  type IConnection,
  type IConnectionGroup
} from '../model/connections';
import { NodeGlyph } from '../parts/glyph';
import type { IGraphNode } from '../model/model';
import type { IShown } from '../services';
import { phrase, reason, reasonPlace, spoken, typeName } from '../model/words';

/** So many of a kind at once; the rest on demand. */
const FIRST = 8;

export function ConnectionList({
  node,
  shown
}: {
  node: IGraphNode;
  shown: IShown;
}): JSX.Element {
  const { model, view, trans } = shown;
  const groups = React.useMemo(
    () => connectionsOf(model, node, view),
    [model, node, view]
  );
  const root = React.useRef<HTMLElement>(null);
  const focusDue = React.useRef(false);
  React.useLayoutEffect(() => {
    if (focusDue.current) {
      focusDue.current = false;
      const first = root.current?.querySelector<HTMLElement>('button');
      (first ?? root.current)?.focus();
    }
  }, [node]);

  const onKeyDown = (event: React.KeyboardEvent): void => {
    const at = event.target as HTMLElement;
    const rows = [
      ...(root.current?.querySelectorAll<HTMLElement>(
        '.jp-NanochatLearn-neighbour, .jp-NanochatLearn-rest'
      ) ?? [])
    ];
    const row = at.closest('li')?.querySelector('button') ?? at;
    const step = stepOf(event.key, rows.indexOf(row), rows.length);
    const next =
      event.key === 'ArrowRight'
        ? row.nextElementSibling
        : event.key === 'ArrowLeft'
          ? row
          : step === null
            ? null
            : rows[step];
    if (!(next instanceof HTMLElement) || !root.current?.contains(next)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  };

  return (
    <section
      ref={root}
      tabIndex={-1}
      className="jp-NanochatLearn-connections"
      aria-label={trans.__('Connections of %1', node.label)}
      onKeyDown={onKeyDown}
      onMouseLeave={() => leave(shown)}
      onBlur={() => leave(shown)}
    >
      {groups.length === 0 ? (
        <p>{trans.__('Nothing in view is connected with it.')}</p>
      ) : (
        groups.map(group => (
          <Group
            key={`${node.id} ${group.kind} ${group.outgoing}`}
            group={group}
            shown={shown}
            select={other => {
              focusDue.current = true;
              shown.select(other.id);
            }}
          />
        ))
      )}
    </section>
  );
}

function leave(shown: IShown): void {
  shown.tell([]);
  shown.point(null);
}

function Group({
  group,
  shown,
  select
}: {
  group: IConnectionGroup;
  shown: IShown;
  select: (node: IGraphNode) => void;
}): JSX.Element {
  const { trans } = shown;
  const [all, setAll] = React.useState(false);
  const { connections } = group;
  const some = all ? connections : connections.slice(0, FIRST);
  const says = phrase(group.kind, group.outgoing, trans);
  const arrow = group.outgoing ? '→' : '←';
  return (
    <div role="group" aria-label={says}>
      <div className="jp-NanochatLearn-says" aria-hidden="true">
        {says} {arrow}
      </div>
      <ul>
        {some.map(connection => (
          <Row
            key={connection.node.id}
            connection={connection}
            says={says}
            shown={shown}
            select={select}
          />
        ))}
      </ul>
      {some.length < connections.length && (
        <button
          type="button"
          className="jp-NanochatLearn-rest"
          onClick={() => setAll(true)}
        >
          {trans._n(
            'Show %1 more',
            'Show %1 more',
            connections.length - some.length
          )}
        </button>
      )}
    </div>
  );
}

function Row({
  connection: { node, edge },
  says,
  shown,
  select
}: {
  connection: IConnection;
  says: string;
  shown: IShown;
  select: (node: IGraphNode) => void;
}): JSX.Element {
  const { model, trans, open } = shown;
  const look = (): void => {
    shown.tell([edge]);
    shown.point(node.id);
  };
  return (
    <li
      className={shown.pointed.has(node.id) ? 'jp-mod-pointed' : undefined}
      onMouseEnter={look}
      onFocus={look}
    >
      <button
        type="button"
        className="jp-NanochatLearn-neighbour"
        title={trans.__('Space or click: select. Enter or double click: open.')}
        aria-label={`${says}: ${spoken(model, node, trans)}`}
        onClick={event => {
          // Enter makes a click too; it has opened already (see onKeyDown).
          if (event.detail > 0) {
            select(node);
          }
        }}
        onDoubleClick={() => open(node.id)}
        onKeyDown={event => {
          if (event.key === 'Enter') {
            event.preventDefault();
            open(node.id);
          } else if (event.key === ' ') {
            event.preventDefault();
            select(node);
          }
        }}
      >
        <NodeGlyph node={node} />
        <span className="jp-NanochatLearn-rowLabel">{node.label}</span>
        <span className="jp-NanochatLearn-rowNote">
          {typeName(node.type, trans)}
        </span>
      </button>
      <button
        type="button"
        className="jp-NanochatLearn-why"
        title={trans.__('Go to where it says so')}
        aria-label={trans.__(
          '%1, %2. Go there.',
          reason(model, edge, trans),
          reasonPlace(model, edge, trans, true)
        )}
        onClick={() => shown.openReason(edge)}
      >
        {reasonPlace(model, edge, trans)}
      </button>
    </li>
  );
}
