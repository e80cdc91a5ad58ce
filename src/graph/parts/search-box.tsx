/** The search box of the toolbar: type, arrows, Enter. Finding itself is in `search.ts`. */
import * as React from 'react';

import { NodeGlyph } from './glyph';
import type { IGraphNode } from '../model/model';
import { search } from '../model/search';
import type { IShown } from '../services';
import { place, typeName } from '../model/words';

export function SearchBox({
  shown,
  asks
}: {
  readonly shown: IShown;
  /** What the empty box says. */
  readonly asks: string;
}): JSX.Element {
  const { model, view, trans } = shown;
  const [query, setQuery] = React.useState('');
  const [open, setOpen] = React.useState(false);
  const [at, setAt] = React.useState(0);
  const id = React.useId();
  const found = React.useMemo(
    () => search(model, view.nodes, query),
    [model, view, query]
  );
  // Another question begins with an empty box; what is typed early stays. Emptied before the
  // next key can arrive: a later effect would find the old words with the first new letter.
  const asked = React.useRef(asks);
  React.useLayoutEffect(() => {
    if (asked.current !== asks) {
      asked.current = asks;
      setQuery('');
    }
  }, [asks]);
  const showing = open && query.trim() !== '';
  const count = found.nodes.length;

  const choose = (node: IGraphNode): void => {
    setOpen(false);
    shown.select(node.id);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        const step = event.key === 'ArrowDown' ? 1 : -1;
        setOpen(true);
        setAt(count === 0 ? 0 : (at + (showing ? step : 0) + count) % count);
        break;
      }
      case 'Enter':
        if (!showing && shown.selection !== null && query !== '') {
          shown.open(shown.selection); // found and chosen before: go there
          break;
        }
        if (!showing || count === 0) {
          return;
        }
        choose(found.nodes[Math.min(at, count - 1)]);
        break;
      case 'Escape':
        if (!showing && query === '') {
          return;
        }
        setOpen(false);
        setQuery('');
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      className="jp-NanochatLearn-search"
      onBlur={event => {
        if (!event.currentTarget.contains(event.relatedTarget)) {
          setOpen(false);
        }
      }}
    >
      <input
        type="search"
        role="combobox"
        aria-label={trans.__('Search the graph')}
        aria-expanded={showing}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={
          showing && count > 0 ? `${id}-${Math.min(at, count - 1)}` : undefined
        }
        placeholder={asks}
        value={query}
        onChange={event => {
          setQuery(event.target.value);
          setAt(0);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
      />
      <ul
        id={`${id}-list`}
        role="listbox"
        aria-label={trans.__('Found')}
        hidden={!showing || count === 0}
      >
        {showing &&
          found.nodes.map((node, n) => (
            <li
              key={node.id}
              id={`${id}-${n}`}
              role="option"
              aria-selected={n === at}
              ref={li => {
                if (n === at) {
                  li?.scrollIntoView?.({ block: 'nearest' });
                }
              }}
              // The box keeps the focus, so that the list is still there for the click.
              onMouseDown={event => event.preventDefault()}
              onClick={() => choose(node)}
            >
              <NodeGlyph node={node} />
              <span className="jp-NanochatLearn-rowLabel">{node.label}</span>
              <span className="jp-NanochatLearn-rowNote">
                {place(node) || typeName(node.type, trans)}
              </span>
            </li>
          ))}
      </ul>
      <p
        role="status"
        className={
          showing && (count === 0 || found.more > 0)
            ? 'jp-NanochatLearn-found'
            : 'jp-NanochatLearn-spoken'
        }
      >
        {showing ? summary(shown, query, found) : ''}
      </p>
    </div>
  );
}

function summary(
  { trans }: IShown,
  query: string,
  { nodes, more, hidden }: ReturnType<typeof search>
): string {
  const hint =
    hidden === 0
      ? ''
      : ` ${trans._n(
          '%1 match is hidden by the filter (Key).',
          '%1 matches are hidden by the filter (Key).',
          hidden
        )}`;
  if (nodes.length === 0) {
    return trans.__('Nothing here is called “%1”.', query.trim()) + hint;
  }
  return more > 0
    ? trans.__(
        '%1 of %2 matches. Type more to narrow.',
        nodes.length,
        nodes.length + more
      )
    : trans._n('%1 match.', '%1 matches.', nodes.length) + hint;
}
