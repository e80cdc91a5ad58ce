import { ReactWidget } from '@jupyterlab/ui-components';
import { nullTranslator } from '@jupyterlab/translation';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import * as React from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { NodeId } from '../../api/types.gen';
import { ConnectionList } from './connection-list';
import { DEFAULT_FILTER, shown as shownNodes } from '../model/filter';
import type { Masteries } from '../model/mastery';
import { buildModel } from '../model/model';
import { sampleGraph } from '../model/sample';
import { SearchBox } from '../parts/search-box';
import type { IShown } from '../services';
import { GraphTree } from './tree';
import { deedOf } from '../../parts/tree-keys';
import { buildTree, rowsOf } from './tree-rows';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const trans = nullTranslator.load('nanochat_learn');
const model = buildModel(sampleGraph(60));
const view = shownNodes(model, DEFAULT_FILTER);
const tree = buildTree(model, view.nodes, trans);

describe('tree rows', () => {
  it('hold every shown node once, when all is open', () => {
    const keys = new Set<string>();
    const open = new Set(
      [...model.nodes.map(({ id }) => id as string)].concat(
        tree.map(({ key }) => key)
      )
    );
    const rows = rowsOf(tree, open);
    rows.forEach(({ branch }) => {
      expect(keys.has(branch.key)).toBe(false);
      keys.add(branch.key);
    });
    model.nodes.forEach(({ id }) => expect(keys).toContain(id));
  });

  it('count positions from one, and start folded', () => {
    const rows = rowsOf(tree, new Set());
    expect(rows).toHaveLength(tree.length);
    rows.forEach((row, n) =>
      expect(row).toMatchObject({
        level: 1,
        position: n + 1,
        size: tree.length,
        parent: null,
        expanded: false
      })
    );
  });
});

describe('tree keys', () => {
  const first = tree[0].key;
  const closed = rowsOf(tree, new Set());
  const opened = rowsOf(tree, new Set([first]));
  const child = opened[1].branch.key;

  it.each([
    [closed, first, 'ArrowDown', { kind: 'go', key: tree[1].key }],
    [closed, first, 'ArrowUp', { kind: 'go', key: first }],
    [closed, first, 'End', { kind: 'go', key: tree[tree.length - 1].key }],
    [closed, first, 'ArrowRight', { kind: 'expand', key: first }],
    [opened, first, 'ArrowRight', { kind: 'go', key: child }],
    [opened, child, 'ArrowLeft', { kind: 'go', key: first }],
    [opened, first, 'ArrowLeft', { kind: 'collapse', key: first }],
    [opened, child, 'Enter', { kind: 'open', key: child }],
    [opened, child, ' ', { kind: 'select', key: child }],
    [closed, first, 'Enter', { kind: 'expand', key: first }],
    [closed, 'gone', 'Home', { kind: 'go', key: first }],
    [closed, first, 'Tab', null],
    [[], null, 'ArrowDown', null]
  ])('%#', (rows, current, key, deed) => {
    expect(deedOf(rows, current, key, '')).toEqual(deed);
  });

  it('goes to what is typed, and round again with one letter', () => {
    const go = (current: string, key: string, typed: string) =>
      deedOf(closed, current, key, typed);
    expect(go(first, 'h', 't')).toEqual({ kind: 'go', key: first });
    const next = go(first, 't', '');
    expect(next).toEqual({ kind: 'go', key: tree[1].key });
    expect(go(first, 'z', '')).toBeNull();
    // A space within a name is part of the name, not a choice.
    expect(go(tree[1].key, ' ', 'the')).toEqual({
      kind: 'go',
      key: tree[1].key
    });
  });
});

describe('on the page', () => {
  let widget: ReactWidget;
  let did: string[];
  let mastery: Masteries | null;
  let selection: NodeId | null;

  /** Do it, and wait until React has drawn what follows from it. */
  const turn = (work: () => void): Promise<void> =>
    React.act(async () => {
      work();
      MessageLoop.flush();
    });
  const render = async (make: (shown: IShown) => JSX.Element) => {
    const draw = (): JSX.Element =>
      make({
        model,
        view,
        selection,
        pointed: new Set(),
        pinned: new Set(),
        mastery,
        ask: id => did.push(`ask ${id}`),
        openReason: edge => did.push(`reason ${edge}`),
        point: id => did.push(`point ${id}`),
        tell: edges => did.push(`tell ${edges.join()}`),
        trans,
        select: id => {
          did.push(`select ${id}`);
          selection = id;
          widget.update();
        },
        open: id => did.push(`open ${id}`)
      });
    widget = new (class extends ReactWidget {
      protected override render(): JSX.Element {
        return draw();
      }
    })();
    await turn(() => Widget.attach(widget, document.body));
  };
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) {
      const event = { key, bubbles: true, cancelable: true };
      await turn(() => {
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', event)
        );
      });
    }
  };
  const all = (selector: string): HTMLElement[] => [
    ...widget.node.querySelectorAll<HTMLElement>(selector)
  ];

  /** What was asked for, without what was merely looked at. */
  const asked = (): string[] => did.filter(what => !/^(point|tell)/.test(what));

  beforeEach(() => {
    did = [];
    mastery = null;
    selection = null;
  });
  afterEach(() => turn(() => widget.dispose()));

  it('the tree has one way in, and is walked, folded, chosen by keys', async () => {
    await render(shown => <GraphTree {...shown} />);
    expect(all('[role="treeitem"]')).toHaveLength(tree.length);
    expect(all('[tabindex="0"]')).toHaveLength(1);
    all('[tabindex="0"]')[0].focus();
    await press('ArrowRight', 'ArrowRight');
    expect(document.activeElement?.getAttribute('aria-level')).toBe('2');
    expect(all('[tabindex="0"]')).toHaveLength(1);
    const concept = tree[0].children[0].key;
    await press('Enter');
    expect(asked()).toEqual([`select ${concept}`, `open ${concept}`]);
    expect(document.activeElement?.getAttribute('aria-selected')).toBe('true');
    await press('ArrowLeft', 'ArrowLeft');
    expect(all('[role="treeitem"]')).toHaveLength(tree.length);
  });

  it('each item says name, kind and counts', async () => {
    await render(shown => <GraphTree {...shown} />);
    all('[tabindex="0"]')[0].focus();
    await press('ArrowRight');
    const says = all('[aria-level="2"]').map(row =>
      row.getAttribute('aria-label')
    );
    expect(says[0]).toMatch(/^Idea number 0, concept, .*needed for 1/);
    expect(all('[aria-level="1"]')[0].getAttribute('aria-label')).toBe(
      `The first, ${tree[0].children.length} entries`
    );
  });

  it('tells what was understood by word and sign, when that is asked for', async () => {
    const [known, unknown] = tree[0].children.map(({ node }) => node!.id);
    mastery = new Map([[known, 'shaky']]);
    selection = known;
    await render(shown => <GraphTree {...shown} />);
    const row = (id: NodeId): HTMLElement =>
      all('[role="treeitem"]').find(node =>
        node.textContent?.includes(model.byId.get(id)!.label)
      )!;
    expect(row(known).getAttribute('aria-label')).toMatch(/, shaky$/);
    expect(row(known).textContent).toContain('shaky');
    expect(
      row(known).querySelector('polyline')?.getAttribute('points')
    ).not.toBe('');
    expect(row(unknown).textContent).toContain('not seen yet');
  });

  it('shows a node that was selected elsewhere, without taking the focus', async () => {
    selection = model.nodes[model.nodes.length - 1].id;
    await render(shown => <GraphTree {...shown} />);
    const row = all('[aria-selected="true"]');
    expect(row).toHaveLength(1);
    expect(row[0].tabIndex).toBe(0);
    expect(document.activeElement).toBe(document.body);
  });

  it('connections are walked from node to node', async () => {
    const start = model.nodes.find(({ degree }) => degree > 2)!;
    selection = start.id;
    await render(shown => (
      <ConnectionList node={model.byId.get(selection!)!} shown={shown} />
    ));
    const rows = all('li');
    expect(rows.length).toBeGreaterThan(1);
    const [first, second] = rows.map(row => [
      ...row.querySelectorAll('button')
    ]);
    first[0].focus();
    await press('ArrowDown');
    expect(document.activeElement).toBe(second[0]);
    await press('Enter');
    expect(asked()).toEqual([expect.stringMatching(/^open /)]);
    const next = asked()[0].slice('open '.length);

    // To the right stands why: kind in words, file and line; it can be gone to.
    await press('ArrowRight');
    expect(document.activeElement).toBe(second[1]);
    expect(second[1].getAttribute('aria-label')).toMatch(/Go there\.$/);
    second[1].click();
    const edge = Number(asked()[1].slice('reason '.length));
    const { source, target } = model.edges[edge];
    expect([model.nodes[source].id, model.nodes[target].id]).toContain(next);
    expect(did.filter(what => what.startsWith('tell')).at(-1)).toBe(
      `tell ${edge}`
    );
    await press('ArrowLeft', ' ');
    expect(asked()[2]).toBe(`select ${next}`);
    expect(selection).toBe(next);
    expect(widget.node.contains(document.activeElement)).toBe(true);
    expect(all('section')[0].getAttribute('aria-label')).toContain(
      model.byId.get(selection!)!.label
    );
  });

  it('points at the row under pointer or focus, and marks what others point at', async () => {
    const { id } = tree[0].children[0].node!;
    await render(shown => (
      <GraphTree {...shown} pointed={new Set([id])} selection={id} />
    ));
    expect(all('.jp-mod-pointed')).toHaveLength(1);
    await turn(() => all('[tabindex="0"]')[0].focus());
    expect(did.at(-1)).toBe(`point ${id}`);
    await turn(() => all('[tabindex="0"]')[0].blur());
    expect(did.at(-1)).toBe('point null');
  });

  it('the search box is typed into, walked and chosen from by keys', async () => {
    await render(shown => <SearchBox shown={shown} asks="Search" />);
    const input = all('input')[0] as HTMLInputElement;
    const type = async (text: string): Promise<void> => {
      input.focus();
      const set = Object.getOwnPropertyDescriptor(
        HTMLInputElement.prototype,
        'value'
      )!.set!;
      set.call(input, text);
      await turn(() => {
        input.dispatchEvent(new Event('input', { bubbles: true }));
      });
    };
    await type('idea');
    expect(input.getAttribute('aria-expanded')).toBe('true');
    const options = all('[role="option"]');
    expect(options.length).toBeGreaterThan(2);
    await press('ArrowDown');
    const active = input.getAttribute('aria-activedescendant');
    expect(active).toBe(options[1].id);
    await press('Enter');
    expect(asked()).toHaveLength(1);
    expect(input.getAttribute('aria-expanded')).toBe('false');
    await type('no such thing');
    expect(all('[role="status"]')[0].textContent).toContain(
      'Nothing here is called “no such thing”.'
    );
    await press('Escape');
    expect(input.value).toBe('');
  });
});
