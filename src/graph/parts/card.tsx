/** What a node is, in four lines: beside the pointer and, with buttons, for the selected one. */
import * as React from 'react';

import { NodeGlyph } from './glyph';
import type { IGraphModel, IGraphNode } from '../model/model';
import type { IShown } from '../services';
import {
  counts,
  firstSentence,
  place,
  reason,
  reasonPlace,
  typeName
} from '../model/words';

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

/** A card beside a point of the map, on the side with room. Never takes the pointer. */
function Beside({
  at: { x, y },
  size: { width, height },
  children
}: IBeside & { readonly children: React.ReactNode }): JSX.Element {
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
      {children}
    </div>
  );
}

interface IBeside {
  readonly at: { readonly x: number; readonly y: number };
  /** Of the map, in CSS pixels. */
  readonly size: { readonly width: number; readonly height: number };
}

export function HoverCard({
  node,
  shown,
  ...beside
}: IBeside & {
  readonly node: IGraphNode | undefined;
  readonly shown: IShown;
}): JSX.Element | null {
  return node === undefined ? null : (
    <Beside {...beside}>
      <CardLines node={node} shown={shown} />
    </Beside>
  );
}

/** Why the two ends of a line are connected; a click on the line goes there. */
export function ReasonCard({
  edges,
  shown: { model, trans },
  ...beside
}: IBeside & {
  readonly edges: readonly number[];
  readonly shown: IShown;
}): JSX.Element {
  const known = edges.filter(edge => model.edges[edge] !== undefined);
  return (
    <Beside {...beside}>
      {known.map(edge => {
        const { count, cell } = model.edges[edge].data;
        return (
          <React.Fragment key={edge}>
            <p>
              <strong>{reason(model, edge, trans)}</strong>
              {count > 1 && typeof cell !== 'string' && (
                <> · {trans._n('%1 time', '%1 times', count)}</>
              )}
            </p>
            <p className="jp-NanochatLearn-cardPlace">
              {reasonPlace(model, edge, trans, true)}
            </p>
          </React.Fragment>
        );
      })}
      <p className="jp-NanochatLearn-quiet">
        {trans.__('Click the line to go there.')}
      </p>
    </Beside>
  );
}

/** The selected node, with what can be done with it. */
export function SelectedCard({
  node,
  shown,
  pin,
  path,
  actions
}: {
  readonly node: IGraphNode;
  readonly shown: IShown;
  readonly pin: () => void;
  readonly path: () => void;
  readonly actions?: React.ReactNode;
}): JSX.Element {
  const { trans, open } = shown;
  const pinned = shown.pinned.has(node.id);
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
      <button
        type="button"
        className="jp-NanochatLearn-tool jp-NanochatLearn-close"
        title={trans.__('Select nothing')}
        aria-label={trans.__('Select nothing')}
        onClick={() => shown.select(null)}
      >
        ×
      </button>
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
        <button
          type="button"
          className="jp-NanochatLearn-do"
          onClick={() => shown.ask(node.id)}
        >
          {trans.__('Ask about this')}
        </button>
        <button type="button" className="jp-NanochatLearn-do" onClick={path}>
          {trans.__('Path from here to…')}
        </button>
        <button
          type="button"
          className="jp-NanochatLearn-do"
          aria-pressed={pinned}
          title={trans.__(
            'A pinned node keeps its place when the map is tidied up'
          )}
          onClick={pin}
        >
          {pinned ? trans.__('Pinned') : trans.__('Pin')}
        </button>
      </div>
    </div>
  );
}
