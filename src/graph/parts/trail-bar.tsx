/** Where the learner has been, as a row of names: a click returns. */
import * as React from 'react';

import type { Trail } from '../model/trail';
import type { IShown } from '../services';
import { NodeGlyph } from './glyph';

export function TrailBar({
  trail,
  shown,
  clear
}: {
  readonly trail: Trail;
  readonly shown: IShown;
  readonly clear: () => void;
}): JSX.Element | null {
  const { model, trans, selection } = shown;
  const row = React.useRef<HTMLOListElement>(null);
  // The newest is at the end, and the end is in sight.
  React.useLayoutEffect(() => {
    if (row.current !== null) {
      row.current.scrollLeft = row.current.scrollWidth;
    }
  }, [trail]);
  const nodes = trail.flatMap(id => model.byId.get(id) ?? []);
  if (nodes.length < 2) {
    return null;
  }
  return (
    <nav className="jp-NanochatLearn-trail" aria-label={trans.__('Visited')}>
      <ol ref={row}>
        {nodes.map(node => (
          <li key={node.id}>
            <button
              type="button"
              className="jp-NanochatLearn-crumb"
              aria-current={node.id === selection ? 'true' : undefined}
              title={trans.__('Back to %1', node.label)}
              onClick={() => shown.select(node.id)}
              onMouseEnter={() => shown.point(node.id)}
              onMouseLeave={() => shown.point(null)}
              onFocus={() => shown.point(node.id)}
              onBlur={() => shown.point(null)}
            >
              <NodeGlyph node={node} />
              <span>{node.label}</span>
            </button>
          </li>
        ))}
      </ol>
      <button
        type="button"
        className="jp-NanochatLearn-tool"
        title={trans.__('Forget the trail')}
        aria-label={trans.__('Forget the trail')}
        onClick={clear}
      >
        ×
      </button>
    </nav>
  );
}
