import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { act } from 'react';
import { afterEach, expect, it } from 'vitest';

import { TRACE_MIME } from '../api/types.gen';
import { CommandIds, type ISession } from '../tokens';
import { TraceOutputView } from './output';
import { outputOf } from './output-body';
import { Room } from './room';
import { manifest, server, step } from './sample';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
// jsdom has no idle time; JupyterLab's React widgets wait for it.
globalThis.requestIdleCallback ??= work =>
  setTimeout(
    () => work({ didTimeout: false, timeRemaining: () => 0 }),
    0
  ) as unknown as number;

const BODY = {
  format: 'nanochat-learn.trace/1',
  name: 'run',
  path: 'traces/run',
  summary: {
    steps: 2,
    phases: [['prefill', 1]],
    model: { kind: 'GPT' },
    texts: ['<img src=x onerror=alert(1)>', ' it']
  },
  lines: null
};
const steps = [step(0, 0, ['<b>', 'b'], {}), step(1, 2, ['c'], {})];

afterEach(() => document.body.replaceChildren());

async function shown(data: unknown) {
  const commands = new CommandRegistry();
  const asked: unknown[] = [];
  commands.addCommand(CommandIds.openTrace, {
    execute: args => void asked.push(args)
  });
  const view = new TraceOutputView({
    room: new Room(server(manifest(), steps), () => ''),
    session: {} as ISession,
    commands,
    trans: nullTranslator.load('')
  });
  await act(async () => {
    Widget.attach(view, document.body);
    await view.renderModel({
      trusted: false,
      data: { [TRACE_MIME]: data } as never,
      metadata: {},
      setData: () => undefined
    });
    MessageLoop.flush();
    await new Promise(resolve => setTimeout(resolve, 20));
    MessageLoop.flush();
  });
  return { node: view.node, asked };
}

it('plays the trace and opens it in the panel', async () => {
  const { node, asked } = await shown(BODY);
  expect(node.querySelector('input[type=range]')).not.toBeNull();
  expect(node.textContent).toContain('T = 2');
  expect(node.querySelector('b')).toBeNull(); // a token is text
  node
    .querySelector<HTMLButtonElement>('.jp-NanochatLearn-traceHead button')
    ?.click();
  expect(asked).toEqual([{ name: 'run', step: 0 }]);
});

it('says what the output knows when the folder is gone', async () => {
  const gone = { ...BODY, name: 'gone', path: 'traces/gone' };
  const { node } = await shown(gone);
  expect(node.textContent).toContain('There is no trace gone.');
  expect(node.textContent).toContain('<img src=x onerror=alert(1)> it');
  expect(node.querySelector('img')).toBeNull();
  expect(node.querySelector('button')).toBeNull();
});

it('does not ask for what lies outside the workspace', async () => {
  const { node } = await shown({ ...BODY, path: '../elsewhere/run' });
  expect(node.textContent).toContain('cannot be replayed here');
  expect(node.querySelector('input[type=range]')).toBeNull();
});

it('refuses what is no trace', async () => {
  for (const wrong of [
    null,
    'trace',
    {},
    { ...BODY, format: 'nanochat-learn.trace/9' },
    { ...BODY, name: '../run' },
    { ...BODY, name: 3 },
    { ...BODY, summary: null },
    { ...BODY, summary: { ...BODY.summary, model: 'GPT' } }
  ]) {
    expect(outputOf(wrong)).toBeNull();
  }
  const { node } = await shown({ ...BODY, format: 'x' });
  expect(node.querySelector('[role=alert]')).not.toBeNull();
});
