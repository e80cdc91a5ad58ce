/**
 * The graph as a list: a real tree for keyboard and screen reader, and a good view in
 * its own right. Rows come from `tree-rows.ts`, keys from `tree-keys.ts`.
 */
import * as React from 'react';

import type { NodeId } from '../../api/types.gen';
import { Glyph, NodeGlyph } from '../parts/glyph';
import type { IShown } from '../services';
import { deedOf } from './tree-keys';
import { buildTree, type IBranch, type IRow, rowsOf, wayTo } from './tree-rows';
import { counts, spoken, typeName } from '../model/words';

/** What is typed within this time belongs together. */
const TYPING_MS = 700;

export function GraphTree(shown: IShown): JSX.Element {
  const { model, view, selection, trans } = shown;
  const tree = React.useMemo(
    () => buildTree(model, view.nodes, trans),
    [model, view, trans]
  );
  const [opened, setOpened] = React.useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = React.useState<string | null>(null);
  const rows = React.useMemo(() => rowsOf(tree, opened), [tree, opened]);
  const list = React.useRef<HTMLDivElement>(null);
  const focusDue = React.useRef(false);
  const typed = React.useRef({ text: '', at: 0 });

  // A node selected elsewhere shows here, without taking the focus.
  React.useEffect(() => {
    const way = selection === null ? null : wayTo(tree, selection);
    if (way !== null) {
      setOpened(keys => new Set([...keys, ...way]));
      setCurrent(selection);
    }
  }, [tree, selection]);

  const here = rows.some(({ branch }) => branch.key === current)
    ? current
    : (rows[0]?.branch.key ?? null);

  React.useLayoutEffect(() => {
    const row = list.current?.querySelector<HTMLElement>('[tabindex="0"]');
    row?.scrollIntoView?.({ block: 'nearest' });
    if (focusDue.current) {
      focusDue.current = false;
      row?.focus();
    }
  }, [here, rows]);

  const fold = (key: string, open: boolean): void =>
    setOpened(keys => {
      const next = new Set(keys);
      if (open) {
        next.add(key);
      } else {
        next.delete(key);
      }
      return next;
    });

  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key === '/') {
      return;
    }
    const fresh = event.timeStamp - typed.current.at < TYPING_MS;
    const text = fresh ? typed.current.text : '';
    const deed = deedOf(rows, here, event.key, text);
    if (event.key.length === 1) {
      typed.current = { text: text + event.key, at: event.timeStamp };
    }
    if (deed === null) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    switch (deed.kind) {
      case 'go':
        focusDue.current = true;
        setCurrent(deed.key);
        break;
      case 'expand':
      case 'collapse':
        fold(deed.key, deed.kind === 'expand');
        break;
      case 'open':
        shown.select(deed.key as NodeId);
        shown.open(deed.key as NodeId);
        break;
      case 'select':
        shown.select(deed.key as NodeId);
        break;
    }
  };

  return (
    <div
      ref={list}
      role="tree"
      className="jp-NanochatLearn-tree"
      aria-label={trans.__('Concepts and code')}
      onKeyDown={onKeyDown}
      onMouseLeave={() => shown.point(null)}
      onBlur={() => shown.point(null)}
    >
      {rows.map(row => (
        <Row
          key={row.branch.key}
          row={row}
          shown={shown}
          current={row.branch.key === here}
          click={() => {
            focusDue.current = true;
            setCurrent(row.branch.key);
            if (row.branch.node === null) {
              fold(row.branch.key, !row.expanded);
            } else {
              shown.select(row.branch.node.id);
            }
          }}
          fold={() => fold(row.branch.key, !row.expanded)}
        />
      ))}
    </div>
  );
}

interface IRowProps {
  readonly row: IRow;
  readonly shown: IShown;
  readonly current: boolean;
  readonly click: () => void;
  readonly fold: () => void;
}

function Row({ row, shown, current, click, fold }: IRowProps): JSX.Element {
  const { model, trans, selection, open } = shown;
  const { branch, level, position, size, expanded } = row;
  const { node } = branch;
  const parent = branch.children.length > 0;
  return (
    <div
      role="treeitem"
      className={
        node !== null && shown.pointed.has(node.id)
          ? 'jp-NanochatLearn-row jp-mod-pointed'
          : 'jp-NanochatLearn-row'
      }
      aria-level={level}
      aria-posinset={position}
      aria-setsize={size}
      aria-expanded={parent ? expanded : undefined}
      aria-selected={node !== null && node.id === selection}
      aria-label={
        node === null ? heading(branch, shown) : spoken(model, node, trans)
      }
      tabIndex={current ? 0 : -1}
      style={{ paddingInlineStart: `${4 + (level - 1) * 14}px` }}
      onClick={click}
      onContextMenu={() => node !== null && shown.select(node.id)}
      onMouseEnter={() => shown.point(node?.id ?? null)}
      onFocus={() => shown.point(node?.id ?? null)}
      onDoubleClick={() => node !== null && open(node.id)}
    >
      <span
        className="jp-NanochatLearn-twist"
        aria-hidden="true"
        onClick={event => {
          if (parent) {
            event.stopPropagation();
            fold();
          }
        }}
      >
        {parent ? (expanded ? '▾' : '▸') : ''}
      </span>
      {node !== null ? (
        <NodeGlyph node={node} />
      ) : (
        branch.colour !== null && (
          <Glyph type="concept" colour={branch.colour} />
        )
      )}
      <span className="jp-NanochatLearn-rowLabel" title={branch.label}>
        {branch.label}
      </span>
      <span className="jp-NanochatLearn-rowNote">
        {node === null ? branch.children.length : note(shown, row)}
      </span>
    </div>
  );
}

function heading(branch: IBranch, { trans }: IShown): string {
  return trans._n(
    '%2, %1 entry',
    '%2, %1 entries',
    branch.children.length,
    branch.label
  );
}

function note(
  { model, pinned, trans }: IShown,
  { branch: { node } }: IRow
): string {
  if (node === null) {
    return '';
  }
  const type = node.hollow ? trans.__('planned') : typeName(node.type, trans);
  const pin = pinned.has(node.id) ? trans.__('pinned') : '';
  return [pin, type, counts(model, node, trans).split(', ', 1)[0]]
    .filter(part => part !== '')
    .join(' · ');
}
