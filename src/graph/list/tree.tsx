/**
 * The graph as a list: a real tree for keyboard and screen reader, and a good view in
 * its own right. Rows come from `tree-rows.ts`, keys from `parts/use-tree.ts`.
 */
import * as React from 'react';

import type { NodeId } from '../../api/types.gen';
import { masteryName, MasterySign } from '../../parts/mastery';
import { useTree } from '../../parts/use-tree';
import { Glyph, NodeGlyph } from '../parts/glyph';
import type { IShown } from '../services';
import { buildTree, type IBranch, type IRow, rowsOf, wayTo } from './tree-rows';
import { counts, spoken, typeName } from '../model/words';

export function GraphTree(shown: IShown): JSX.Element {
  const { model, view, selection, trans } = shown;
  const tree = React.useMemo(
    () => buildTree(model, view.nodes, trans),
    [model, view, trans]
  );
  const { rows, here, root, onKeyDown, go, fold, unfold } = useTree(
    React.useCallback(open => rowsOf(tree, open), [tree]),
    (kind, key) => {
      shown.select(key as NodeId);
      if (kind === 'open') {
        shown.open(key as NodeId);
      }
    }
  );

  // A node selected elsewhere shows here, without taking the focus.
  React.useEffect(() => {
    const way = selection === null ? null : wayTo(tree, selection);
    if (way !== null && selection !== null) {
      unfold(way);
      go(selection);
    }
  }, [tree, selection]);

  return (
    <div
      ref={root}
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
            go(row.branch.key, true);
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
  const { model, mastery, trans, selection, open } = shown;
  const { branch, level, position, size, expanded } = row;
  const { node } = branch;
  const state =
    node?.type === 'concept' && mastery !== null
      ? (mastery.get(node.id) ?? 'unseen')
      : null;
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
        node === null
          ? heading(branch, shown)
          : [
              spoken(model, node, trans),
              ...(state === null ? [] : [masteryName(state, trans)])
            ].join(', ')
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
      {state !== null ? (
        <MasterySign state={state} />
      ) : node !== null ? (
        <NodeGlyph node={node} />
      ) : (
        branch.colour !== null && (
          <Glyph type="concept" colour={branch.colour} />
        )
      )}
      <span className="jp-NanochatLearn-rowLabel" title={branch.label}>
        {branch.label}
      </span>
      <span
        className={
          state === null
            ? 'jp-NanochatLearn-rowNote'
            : 'jp-NanochatLearn-rowNote jp-mod-kept'
        }
      >
        {node === null
          ? branch.children.length
          : state === null
            ? note(shown, row)
            : masteryName(state, trans)}
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
