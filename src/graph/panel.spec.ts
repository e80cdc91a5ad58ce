import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';

import type { NodeId } from '../api/types.gen';
import { Field } from '../state/field';
import { CommandIds, type IApi, type ILearned, type ISession } from '../tokens';
import { keptArrangement } from './kept-choice';
import { Pins } from './layout/pins';
import { GraphPanel } from './panel';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

/** Do it, and wait until what follows from it is drawn, lazy parts included. */
const turn = (work: () => void): Promise<void> =>
  act(async () => {
    work();
    MessageLoop.flush();
    await import('./view');
    // The panel's own wait for it ends in the same turn of the loop.
    await new Promise(resolve => setTimeout(resolve, 0));
    MessageLoop.flush();
  });

/** A session that remembers what was asked of it; every field can be set. */
function fakes() {
  const asked: string[] = [];
  const session = {
    document: new Field(''),
    status: new Field<unknown>({ kind: 'nothing' }),
    graph: new Field<unknown>({ kind: 'nothing' }),
    selection: new Field<NodeId | null>(null),
    highlight: new Field({ ids: [], reason: '' }),
    pointing: new Field<unknown>(null),
    indexing: new Field<unknown>(null),
    refresh: async () => {
      asked.push('refresh');
    }
  };
  const commands = new CommandRegistry();
  for (const id of [CommandIds.prepareWorkspace, CommandIds.indexWorkspace]) {
    commands.addCommand(id, {
      execute: args => {
        asked.push(`${id} ${JSON.stringify(args)}`);
      }
    });
  }
  const panel = new GraphPanel({
    api: {} as IApi,
    session: session as unknown as ISession,
    commands,
    themes: null,
    pins: new Pins(null),
    arrangement: keptArrangement(null),
    learned: {
      progress: new Field({ kind: 'nothing' })
    } as unknown as ILearned,
    byMastery: new Field(false),
    trans: nullTranslator.load('nanochat_learn')
  });
  return { asked, session, panel };
}

function ready(workspace: unknown, index: unknown) {
  return { kind: 'ready', value: { workspace, index } };
}

describe('GraphPanel', () => {
  let panel: GraphPanel | null = null;
  afterEach(() => turn(() => panel?.dispose()));

  async function open() {
    const made = fakes();
    panel = made.panel;
    await turn(() => Widget.attach(made.panel, document.body));
    const click = async (name: string): Promise<void> => {
      const found = [...made.panel.node.querySelectorAll('button')].find(
        button => button.textContent === name
      );
      expect(found, name).toBeDefined();
      await turn(() => found?.click());
    };
    return { ...made, click, text: () => made.panel.node.textContent };
  }

  it('asks for nothing while it is hidden, and once when it is shown', async () => {
    const made = fakes();
    panel = made.panel;
    panel.hide();
    await turn(() => Widget.attach(made.panel, document.body));
    expect(made.asked).toEqual([]);
    await turn(() => {
      made.panel.show();
      made.panel.hide();
      made.panel.show();
    });
    expect(made.asked).toEqual(['refresh']);
  });

  it('offers both ways to begin where there is no workspace', async () => {
    const { session, asked, click, text } = await open();
    await turn(() => session.status.set(ready(null, null)));
    expect(text()).toContain('not a workspace yet');
    await click('Prepare a workspace here');
    await click('Index this folder');
    expect(asked.slice(1)).toEqual([
      `${CommandIds.prepareWorkspace} {"lessons":true}`,
      `${CommandIds.prepareWorkspace} {"lessons":false}`
    ]);
  });

  it('offers to index, shows the run, and stops it', async () => {
    const { session, asked, click, text } = await open();
    await turn(() =>
      session.status.set(ready({ name: 'mine', prefix: '' }, null))
    );
    expect(text()).toContain('There is no map of “mine” yet.');
    await click('Index this workspace');
    expect(asked[1]).toBe(`${CommandIds.indexWorkspace} {}`);
    const stop = () => asked.push('stopped');
    await turn(() =>
      session.indexing.set({ done: 3, total: 9, filePath: 'a/b.py', stop })
    );
    expect(text()).toContain('Reading 3 of 9');
    expect(text()).toContain('a/b.py');
    expect(panel?.node.querySelector('progress')?.value).toBe(3);
    await click('Stop');
    expect(asked[2]).toBe('stopped');
  });

  it('tells what failed, and tries again', async () => {
    const { session, asked, click, text } = await open();
    const failed = { kind: 'failed', sentence: 'Away.', hint: 'Wait.' };
    await turn(() => session.status.set(failed));
    expect(text()).toContain('Away.');
    expect(text()).toContain('Wait.');
    await click('Try again');
    expect(asked).toEqual(['refresh', 'refresh']);
  });

  it('lets go of the session when it is disposed', async () => {
    const { session } = await open();
    await turn(() => panel?.dispose());
    panel = null;
    expect(() => session.status.set(ready(null, null))).not.toThrow();
  });
});
