import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { afterEach, describe, expect, it } from 'vitest';

import { offerCellsAbove } from './fresh-kernel';

const trans = nullTranslator.load('');

function setting(begun: unknown, activeCellIndex = 3) {
  const ran: string[] = [];
  const commands = new CommandRegistry();
  commands.addCommand('notebook:run-all-above', {
    execute: () => void ran.push('above')
  });
  const kernel =
    begun === null
      ? null
      : {
          requestExecute: () => ({
            done: Promise.resolve({
              content: { status: 'ok', user_expressions: { begun } }
            })
          })
        };
  const panel = {
    sessionContext: { ready: Promise.resolve(), session: { kernel } },
    content: { activeCellIndex }
  } as unknown as NotebookPanel;
  return { commands, panel, ran };
}

const says = (text: string): object => ({
  status: 'ok',
  data: { 'text/plain': text }
});

afterEach(() => Notification.manager.dismiss());

describe('a kernel that was started anew', () => {
  it('gets the cells above offered, and they run on request', async () => {
    const { commands, panel, ran } = setting(says('False'));
    expect(await offerCellsAbove(panel, commands, trans)).toBe(true);
    const [told] = Notification.manager.notifications;
    expect(told.message).toContain('has not run the cells above');
    told.options.actions?.[0].callback(new MouseEvent('click'));
    expect(ran).toEqual(['above']);
  });

  it.each([
    ['has begun', says('True'), 3],
    ['stands at the top', says('False'), 0],
    ['does not say', { status: 'error' }, 3],
    ['is not there', null, 3]
  ])('is left alone when it %s', async (_, begun, place) => {
    const { commands, panel } = setting(begun, place);
    expect(await offerCellsAbove(panel, commands, trans)).toBe(false);
    expect(Notification.manager.notifications).toHaveLength(0);
  });
});
