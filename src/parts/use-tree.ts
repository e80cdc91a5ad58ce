/** Where one is in a tree, what is open in it, and what keys do: for any tree of rows. */
import * as React from 'react';

import { deedOf, type ITreeRow, type TreeDeed } from './tree-keys';

/** So long after a letter the next one belongs to the same name, in milliseconds. */
const TYPING_MS = 700;

export interface ITree<R extends ITreeRow> {
  readonly rows: readonly R[];
  /** Key of the row in the tab order; null: there is none. */
  readonly here: string | null;
  /** Put this on the element with the role `tree`; rows with `tabIndex` 0 or -1 inside. */
  readonly root: React.RefObject<HTMLDivElement>;
  readonly onKeyDown: (event: React.KeyboardEvent) => void;
  /** To this row; `focus` takes the keyboard's focus along. */
  readonly go: (key: string, focus?: boolean) => void;
  readonly fold: (key: string, open: boolean) => void;
  /** Open all of these. */
  readonly unfold: (keys: readonly string[]) => void;
}

/**
 * `rowsOf` gives the rows that show when these keys are open; it must be the same function
 * as long as nothing changed. `act` opens a row or selects it.
 */
export function useTree<R extends ITreeRow>(
  rowsOf: (open: ReadonlySet<string>) => readonly R[],
  act: (kind: 'open' | 'select', key: string) => void,
  begin: readonly string[] = []
): ITree<R> {
  const [opened, setOpened] = React.useState<ReadonlySet<string>>(
    () => new Set(begin)
  );
  const [current, setCurrent] = React.useState<string | null>(null);
  const rows = React.useMemo(() => rowsOf(opened), [rowsOf, opened]);
  const root = React.useRef<HTMLDivElement>(null);
  const focusDue = React.useRef(false);
  const typed = React.useRef({ text: '', at: 0 });

  const here = rows.some(({ key }) => key === current)
    ? current
    : (rows[0]?.key ?? null);

  React.useLayoutEffect(() => {
    const row = root.current?.querySelector<HTMLElement>('[tabindex="0"]');
    row?.scrollIntoView?.({ block: 'nearest' });
    if (focusDue.current) {
      focusDue.current = false;
      row?.focus();
    }
  }, [here, rows]);

  const go = (key: string, focus = false): void => {
    focusDue.current ||= focus;
    setCurrent(key);
  };
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
  const unfold = (keys: readonly string[]): void =>
    setOpened(open => new Set([...open, ...keys]));

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
    if (deed !== null) {
      event.preventDefault();
      event.stopPropagation();
      perform(deed);
    }
  };
  const perform = ({ kind, key }: TreeDeed): void => {
    switch (kind) {
      case 'go':
        return go(key, true);
      case 'expand':
      case 'collapse':
        return fold(key, kind === 'expand');
      case 'open':
      case 'select':
        return act(kind, key);
    }
  };
  return { rows, here, root, onKeyDown, go, fold, unfold };
}
