/**
 * From a node to its neighbours, by keyboard: arrows walk, Space selects (and the list
 * becomes that neighbour's), Enter opens.
 */
import * as React from 'react';

import type { IConnectionGroup } from './connections';
import { connectionsOf } from './connections';
import { NodeGlyph } from './glyph';
import type { IGraphNode } from './model';
import type { IShown } from './services';
import { phrase, spoken, typeName } from './words';

/** So many of a kind at once; the rest on demand. */
const FIRST = 8;

export function ConnectionList({
  node,
  shown
}: {
  node: IGraphNode;
  shown: IShown;
}): JSX.Element {
  const { model, visible, trans } = shown;
  const groups = React.useMemo(
    () => connectionsOf(model, node, visible),
    [model, node, visible]
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
    const step = STEPS[event.key];
    const buttons = [...(root.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    if (step === undefined || at < 0) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    buttons[step(at, buttons.length)]?.focus();
  };

  return (
    <section
      ref={root}
      tabIndex={-1}
      className="jp-NanochatLearn-connections"
      aria-label={trans.__('Connections of %1', node.label)}
      onKeyDown={onKeyDown}
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

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => Math.min(count - 1, at + 1),
  ArrowUp: at => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, count) => count - 1
};

function Group({
  group,
  shown,
  select
}: {
  group: IConnectionGroup;
  shown: IShown;
  select: (node: IGraphNode) => void;
}): JSX.Element {
  const { model, trans, open } = shown;
  const [all, setAll] = React.useState(false);
  const nodes = all ? group.nodes : group.nodes.slice(0, FIRST);
  const says = phrase(group.kind, group.outgoing, trans);
  const arrow = group.outgoing ? '→' : '←';
  return (
    <div role="group" aria-label={says}>
      <div className="jp-NanochatLearn-says" aria-hidden="true">
        {says} {arrow}
      </div>
      <ul>
        {nodes.map(other => (
          <li key={other.id}>
            <button
              type="button"
              className="jp-NanochatLearn-neighbour"
              title={trans.__(
                'Space or click: select. Enter or double click: open.'
              )}
              aria-label={`${says}: ${spoken(model, other, trans)}`}
              onClick={event => {
                // Enter makes a click too; it has opened already (see onKeyDown).
                if (event.detail > 0) {
                  select(other);
                }
              }}
              onDoubleClick={() => open(other.id)}
              onKeyDown={event => {
                if (event.key === 'Enter') {
                  event.preventDefault();
                  open(other.id);
                } else if (event.key === ' ') {
                  event.preventDefault();
                  select(other);
                }
              }}
            >
              <NodeGlyph node={other} />
              <span className="jp-NanochatLearn-rowLabel">{other.label}</span>
              <span className="jp-NanochatLearn-rowNote">
                {typeName(other.type, trans)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {nodes.length < group.nodes.length && (
        <button
          type="button"
          className="jp-NanochatLearn-more"
          onClick={() => setAll(true)}
        >
          {trans._n(
            'Show %1 more',
            'Show %1 more',
            group.nodes.length - nodes.length
          )}
        </button>
      )}
    </div>
  );
}
