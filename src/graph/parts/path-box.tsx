/** The way from one node to another: step by step, with the reason of each connection. */
import * as React from 'react';

import type { IGraphNode } from '../model/model';
import type { IPath } from '../model/path';
import { phrase, reason, reasonPlace } from '../model/words';
import type { IShown } from '../services';
import { NodeGlyph } from './glyph';

interface IPathBoxProps {
  readonly from: IGraphNode;
  /** null: not chosen yet. */
  readonly to: IGraphNode | null;
  /** null: there is none. */
  readonly path: IPath | null;
  readonly shown: IShown;
  readonly turn: () => void;
  readonly close: () => void;
}

export function PathBox(props: IPathBoxProps): JSX.Element {
  const { from, to, path, shown, turn, close } = props;
  const { trans } = shown;
  const says =
    to === null
      ? trans.__('Path from %1: where to?', from.label)
      : path === null
        ? trans.__(
            'No path leads from %1 to %2 along what is shown. Show more kinds of nodes or lines in the Key, or choose another end.',
            from.label,
            to.label
          )
        : path.edges.length === 0
          ? trans.__('The path ends where it starts. Choose another end.')
          : trans._n(
              'From %2 to %3: %1 step.',
              'From %2 to %3: %1 steps.',
              path.edges.length,
              from.label,
              to.label
            );
  return (
    <section
      className="jp-NanochatLearn-path"
      aria-label={trans.__('Path')}
      onMouseLeave={() => shown.tell([])}
      onBlur={() => shown.tell([])}
    >
      <div className="jp-NanochatLearn-pathHead">
        <strong role="status">{says}</strong>
        {to !== null && (
          <button
            type="button"
            className="jp-NanochatLearn-tool"
            title={trans.__('Turn the path round')}
            aria-label={trans.__('Turn the path round')}
            onClick={turn}
          >
            ⇄
          </button>
        )}
        <button
          type="button"
          className="jp-NanochatLearn-tool"
          title={trans.__('Close the path')}
          aria-label={trans.__('Close the path')}
          onClick={close}
        >
          ×
        </button>
      </div>
      {to === null && (
        <p className="jp-NanochatLearn-quiet">
          {trans.__('Search for the end above, or click it on the map.')}
        </p>
      )}
      {path !== null && path.edges.length > 0 && (
        <ol>
          {path.nodes.map((index, n) => (
            <Step
              key={index}
              index={index}
              edge={path.edges[n - 1]}
              before={path.nodes[n - 1]}
              shown={shown}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

/** A node of the way and, but for the first, how one gets to it. */
function Step({
  index,
  edge,
  before,
  shown
}: {
  readonly index: number;
  readonly edge: number | undefined;
  readonly before: number | undefined;
  readonly shown: IShown;
}): JSX.Element {
  const { model, trans } = shown;
  const node = model.nodes[index];
  const tell = (): void => shown.tell(edge === undefined ? [] : [edge]);
  return (
    <li onMouseEnter={tell} onFocus={tell}>
      {edge !== undefined && (
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
          ↓{' '}
          {phrase(
            model.edges[edge].kind,
            model.edges[edge].source === before,
            trans
          )}
          <span className="jp-NanochatLearn-place">
            {reasonPlace(model, edge, trans)}
          </span>
        </button>
      )}
      <button
        type="button"
        className="jp-NanochatLearn-neighbour"
        aria-current={node.id === shown.selection ? 'step' : undefined}
        onClick={() => shown.select(node.id)}
        onDoubleClick={() => shown.open(node.id)}
      >
        <NodeGlyph node={node} />
        <span className="jp-NanochatLearn-rowLabel">{node.label}</span>
      </button>
    </li>
  );
}
