/** A node's shape and colour as a small picture beside its name. Says nothing by itself. */
import * as React from 'react';

import type { IGraphNode, NodeType } from '../model/model';
import { EDGE_LOOKS, FAMILY_COLOURS, TYPE_COLOURS } from '../map/palette';
import type { EdgeKind } from '../model/model';
import { SHAPES, svgPath } from '../map/shapes';

interface IGlyphProps {
  readonly type: NodeType;
  /** null: the colour of the type. */
  readonly colour?: string | null;
  readonly hollow?: boolean;
}

export function Glyph({ type, colour, hollow }: IGlyphProps): JSX.Element {
  const [name, otherwise] = TYPE_COLOURS[type];
  const ink = colour ?? `var(${name}, ${otherwise})`;
  return (
    <svg
      className="jp-NanochatLearn-glyph"
      viewBox="0 0 16 16"
      aria-hidden="true"
      style={
        hollow === true
          ? { fill: 'none', stroke: ink, strokeWidth: 1.6 }
          : { fill: ink }
      }
    >
      <path d={svgPath(SHAPES[type])} />
    </svg>
  );
}

export function NodeGlyph({ node }: { node: IGraphNode }): JSX.Element {
  return <Glyph type={node.type} colour={node.colour} hollow={node.hollow} />;
}

/** A line as the map draws it. */
export function LineGlyph({ kind }: { kind: EdgeKind }): JSX.Element {
  const { family, dash, width, arrow } = EDGE_LOOKS[kind];
  const [name, otherwise] = FAMILY_COLOURS[family];
  const ink = `var(${name}, ${otherwise})`;
  return (
    <svg
      className="jp-NanochatLearn-line"
      viewBox="0 0 40 12"
      aria-hidden="true"
    >
      <path
        d="M1 6H38"
        fill="none"
        stroke={ink}
        strokeWidth={width * 1.3}
        strokeDasharray={dash.join(' ')}
      />
      {arrow && <path d="M39 6l-7-3v6z" fill={ink} />}
    </svg>
  );
}
