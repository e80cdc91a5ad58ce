import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { act } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { Field } from '../state/field';
import type { ISession } from '../tokens';
import { LOOK, TracePanel } from './panel';
import { Room } from './room';
import { float32, manifest, server, step } from './sample';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
// jsdom has no idle time; JupyterLab's React widgets wait for it.
globalThis.requestIdleCallback ??= work =>
  setTimeout(
    () => work({ didTimeout: false, timeRemaining: () => 0 }),
    0
  ) as unknown as number;

async function turn(what: () => void): Promise<void> {
  await act(async () => {
    what();
    MessageLoop.flush();
    await new Promise(resolve => setTimeout(resolve, 20));
    MessageLoop.flush();
  });
}

describe('TracePanel', () => {
  let panel: TracePanel | null = null;
  afterEach(async () => {
    await turn(() => panel?.dispose());
    vi.restoreAllMocks();
  });

  function made() {
    const api = server(
      manifest({ vocabulary: ['the', 'cat', 'sat'] }),
      [step(0, 0, ['the'], { embed: [1, 1, 2], logits: [1, 1, 3] })],
      {
        '0/embed': float32([1, 1, 2], [4, 5]),
        '0/logits': float32([1, 1, 3], [1, 3, 2])
      }
    );
    const asked: string[] = [];
    const { numbers } = api;
    api.numbers = (document, name, at, tensor) => {
      asked.push(tensor);
      return numbers(document, name, at, tensor);
    };
    const room = new Room(api, () => '');
    panel = new TracePanel({
      room,
      session: {
        status: new Field({ kind: 'ready' })
      } as unknown as ISession,
      commands: new CommandRegistry(),
      trans: nullTranslator.load('')
    });
    return { room, panel, asked };
  }

  it('looks after live traces while it is in view, and then no longer', async () => {
    const { room, panel: it } = made();
    const every = vi.spyOn(window, 'setInterval');
    const ends = vi.spyOn(window, 'clearInterval');
    const list = vi.spyOn(room, 'refreshList');
    it.hide();
    await turn(() => Widget.attach(it, document.body));
    expect(every.mock.calls.filter(([, pace]) => pace === LOOK)).toEqual([]);
    expect(list).not.toHaveBeenCalled();
    await turn(() => it.show());
    expect(list).toHaveBeenCalledTimes(1);
    const begun = every.mock.calls.findIndex(([, pace]) => pace === LOOK);
    const timer: unknown = every.mock.results[begun]?.value;
    expect(ends).not.toHaveBeenCalledWith(timer);
    await turn(() => it.hide());
    expect(ends).toHaveBeenCalledWith(timer);
  });

  it('asks for the scores of a step once they are unfolded', async () => {
    const { room, panel: it, asked } = made();
    await turn(() => Widget.attach(it, document.body));
    await turn(() => void room.show('run'));
    expect(asked).toContain('embed'); // what is chosen is shown
    expect(asked).not.toContain('logits');
    const fold = [...it.node.querySelectorAll('details')].find(node =>
      node.textContent?.startsWith('Next token: scores')
    );
    await turn(() => {
      if (fold !== undefined) {
        fold.open = true;
        fold.dispatchEvent(new Event('toggle'));
      }
    });
    expect(asked).toContain('logits');
    expect(
      [...(fold?.querySelectorAll('tbody tr') ?? [])].map(
        row => row.textContent
      )
    ).toEqual(['cat3', 'sat2', 'the1']);
  });
});
