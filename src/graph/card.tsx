/** What a node is, in four lines: beside the pointer and, with buttons, for the selected one. */
import * as React from 'react';

import { NodeGlyph } from './glyph';
import type { IGraphModel, IGraphNode } from './model';
import type { IShown } from './services';
import { counts, firstSentence, place, typeName } from './words';

export function CardLines({
  node,
  shown: { model, trans }
}: {
  node: IGraphNode;
  shown: IShown;
}): JSX.Element {
  const sentence = firstSentence(node.data.docstring);
  const where = place(node);
  const numbers = counts(model, node, trans);
  return (
    <>
      <p className="jp-NanochatLearn-cardTitle">
        <NodeGlyph node={node} />
        <strong>{node.label}</strong>{' '}
        <span>
          {node.hollow
            ? trans.__('planned %1', typeName(node.type, trans))
            : typeName(node.type, trans)}
          {clusterTitle(model, node)}
        </span>
      </p>
      {sentence !== '' && <p>{sentence}</p>}
      {where !== '' && <p className="jp-NanochatLearn-cardPlace">{where}</p>}
      {numbers !== '' && <p className="jp-NanochatLearn-quiet">{numbers}</p>}
    </>
  );
}

function clusterTitle(model: IGraphModel, node: IGraphNode): string {
  const cluster = model.clusters.find(({ id }) => id === node.cluster);
  return cluster === undefined ? '' : ` · ${cluster.title}`;
}

/** Beside the node under the pointer, on the side with room. Never takes the pointer. */
export function HoverCard({
  node,
  x,
  y,
  width,
  height,
  shown
}: {
  node: IGraphNode;
  x: number;
  y: number;
  /** Of the map, in CSS pixels. */
  width: number;
  height: number;
  shown: IShown;
}): JSX.Element {
  const across = Math.min(260, width - 16);
  const left = Math.max(8, Math.min(x - across / 2, width - across - 8));
  return (
    <div
      className="jp-NanochatLearn-hover"
      aria-hidden="true"
      style={{
        width: across,
        left,
        ...(y > height / 2 ? { bottom: height - y + 18 } : { top: y + 18 })
      }}
    >
      <CardLines node={node} shown={shown} />
    </div>
  );
}

/** The selected node, with what can be done with it. */
export function SelectedCard({
  node,
  shown,
  actions
}: {
  node: IGraphNode;
  shown: IShown;
  actions?: React.ReactNode;
}): JSX.Element {
  const { trans, open } = shown;
  const opens =
    node.type === 'external'
      ? null
      : 'line' in node.data || node.type === 'lesson'
        ? trans.__('Open %1', place(node))
        : trans.__('Open %1', node.label);
  return (
    <div
      className="jp-NanochatLearn-selected"
      role="group"
      aria-label={trans.__('Selected')}
    >
      <CardLines node={node} shown={shown} />
      <div className="jp-NanochatLearn-actions">
        {opens !== null && (
          <button
            type="button"
            className="jp-NanochatLearn-do"
            aria-label={opens}
            onClick={() => open(node.id)}
          >
            {'line' in node.data
              ? trans.__('Open code')
              : trans.__('Open %1', typeName(node.type, trans))}
          </button>
        )}
        {actions}
      </div>
    </div>
  );
}
