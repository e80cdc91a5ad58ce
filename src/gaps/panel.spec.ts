import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';

import type { Gap } from '../api/types.gen';
import { Field } from '../state/field';
import { CommandIds, type IPointing, type ISession } from '../tokens';
import { GapsPanel } from './panel';
import { FIRST } from './rows';
import { cluster, gap, graphOf } from './sample';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const turn = (work: () => void): Promise<void> =>
  act(async () => {
    work();
    MessageLoop.flush();
    await new Promise(resolve => setTimeout(resolve, 0));
    MessageLoop.flush();
  });

const INDEXED = {
  kind: 'ready',
  value: { workspace: { prefix: '', name: 'w' }, index: {} }
};

function report(...gaps: Gap[]) {
  const nodes = { 'concept:a': 'one', 'concept:b': 'one' };
  const value = graphOf([cluster('one', 1)], nodes, [], gaps);
  return { kind: 'ready', value };
}

describe('GapsPanel', () => {
  let panel: GapsPanel | null = null;
  afterEach(() => turn(() => panel?.dispose()));

  async function open(status: unknown, graph: unknown) {
    const asked: string[] = [];
    const session = {
      status: new Field<unknown>(status),
      graph: new Field<unknown>(graph),
      indexing: new Field<unknown>(null),
      pointing: new Field<IPointing | null>(null),
      refresh: async () => {
        asked.push('refresh');
      }
    };
    const commands = new CommandRegistry();
    for (const id of [
      CommandIds.openCode,
      CommandIds.indexWorkspace,
      CommandIds.prepareWorkspace
    ]) {
      commands.addCommand(id, {
        execute: args => {
          asked.push(`${id} ${JSON.stringify(args)}`);
        }
      });
    }
    panel = new GapsPanel({
      session: session as unknown as ISession,
      commands,
      trans: nullTranslator.load('nanochat_learn')
    });
    const { node } = panel;
    const made = panel;
    await turn(() => Widget.attach(made, document.body));
    const rows = (): HTMLElement[] => [
      ...node.querySelectorAll<HTMLElement>('[role="row"][aria-level]')
    ];
    const press = (key: string): Promise<void> =>
      turn(() =>
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
        )
      );
    const click = (name: string): Promise<void> =>
      turn(() =>
        [...node.querySelectorAll('button')]
          .find(({ textContent }) => textContent === name)
          ?.click()
      );
    return { asked, session, panel, node, rows, press, click };
  }

  it('asks once, when it is shown', async () => {
    const nothing = { kind: 'nothing' };
    const { asked, node } = await open(nothing, nothing);
    expect(asked).toEqual(['refresh']);
    expect(node.textContent).toContain('Loading');
  });

  it.each([
    [
      { kind: 'ready', value: { workspace: null, index: null } },
      'Prepare a workspace here',
      `${CommandIds.prepareWorkspace} {"lessons":true}`
    ],
    [
      { kind: 'ready', value: { workspace: { name: 'w' }, index: null } },
      'Index this workspace',
      `${CommandIds.indexWorkspace} {}`
    ],
    [
      { kind: 'failed', sentence: 'Away.', hint: 'Wait.' },
      'Try again',
      'refresh'
    ]
  ])('without a report it offers a way on', async (status, name, call) => {
    const { asked, node, click } = await open(status, { kind: 'nothing' });
    await click(name);
    expect(asked).toEqual([call]);
    expect(node.querySelector('[role="treegrid"]')).toBeNull();
  });

  it('is glad when nothing is missing', async () => {
    const { node } = await open(INDEXED, report());
    expect(node.textContent).toContain('Nothing is missing.');
    expect(node.querySelector('input')).toBeNull();
  });

  it('opens the place by click and by Enter; a whole file at its top', async () => {
    const first = gap('concept:a', { line: 7, cell: 'c1' });
    const second = gap('concept:b', { line: 0 });
    const { asked, rows, press } = await open(INDEXED, report(first, second));
    expect(rows()[1].textContent).toContain('m.py, line 7 of a cell');
    await turn(() => rows()[1].click());
    await turn(() => rows()[2].focus());
    await press('Enter');
    expect(asked).toEqual([
      `${CommandIds.openCode} {"filePath":"m.py","line":7,"cell":"c1"}`,
      `${CommandIds.openCode} {"filePath":"m.py","line":1}`
    ]);
  });

  it('has one row in the tab order, and takes the focus when activated', async () => {
    const {
      panel: made,
      rows,
      press
    } = await open(INDEXED, report(gap('concept:a'), gap('concept:b')));
    expect(document.activeElement).toBe(document.body);
    await turn(() => made.activate());
    expect(document.activeElement).toBe(rows()[0]);
    await press('ArrowDown');
    expect(document.activeElement).toBe(rows()[1]);
    expect(rows().map(({ tabIndex }) => tabIndex)).toEqual([-1, 0, -1]);
  });

  it('takes the focus as soon as the report has come', async () => {
    const {
      panel: made,
      session,
      rows
    } = await open(INDEXED, {
      kind: 'loading'
    });
    await turn(() => made.activate());
    await turn(() => session.graph.set(report(gap('concept:a'))));
    expect(document.activeElement).toBe(rows()[0]);
  });

  it('follows the session and leaves the learner where they were', async () => {
    const before = [gap('concept:a'), gap('concept:b')];
    const { session, rows } = await open(INDEXED, report(...before));
    await turn(() => rows()[2].focus());
    await turn(() => session.graph.set({ kind: 'loading' }));
    expect(rows()).toHaveLength(3);
    const moved = [gap('new'), ...before.map(one => ({ ...one, line: 9 }))];
    await turn(() => session.graph.set(report(...moved)));
    expect(document.activeElement?.textContent).toContain('concept:b');
    await turn(() => session.graph.set(report(gap('concept:a'))));
    expect(document.activeElement, 'the row that took its place').toBe(
      rows()[1]
    );
    await turn(() => session.graph.set(report()));
    expect(document.activeElement).not.toBe(rows()[1]);
  });

  it('points at the node of the row, and at nothing when left', async () => {
    const { session, rows } = await open(
      INDEXED,
      report(gap('concept:a'), gap('nowhere'))
    );
    await turn(() => rows()[1].focus());
    expect(session.pointing.value).toEqual({ ids: ['concept:a'], by: 'gaps' });
    await turn(() => rows()[1].blur());
    expect(session.pointing.value).toBeNull();
    const other: IPointing = { ids: [], by: 'graph' };
    session.pointing.set(other);
    await turn(() => rows()[0].focus());
    expect(session.pointing.value, 'what others say stays').toBe(other);
  });

  it('shows many bit by bit', async () => {
    const many = Array.from({ length: FIRST + 5 }, (_, n) =>
      gap('x', { message: `${n}` })
    );
    const { rows } = await open(INDEXED, report(...many));
    expect(rows()).toHaveLength(FIRST + 2);
    await turn(() => rows()[FIRST + 1].click());
    expect(rows()).toHaveLength(FIRST + 6);
  });
});
