import { ReactWidget } from '@jupyterlab/ui-components';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import * as React from 'react';
import { afterEach, describe, expect, it } from 'vitest';

import { ApiError } from '../../api/failure';
import type { TutorState } from '../../api/types.gen';
import { Field } from '../../state/field';
import type { IServices } from '../services';
import { KeyForm } from './key';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const KEY = 'sk-a-key-of-the-test';

const turn = (work: () => void): Promise<void> =>
  React.act(async () => {
    work();
    MessageLoop.flush();
    await new Promise(resolve => setTimeout(resolve, 0));
  });

describe('the dialog for the key', () => {
  let widget: ReactWidget | null = null;
  afterEach(() => turn(() => widget?.dispose()));

  async function open(key: TutorState['key'], fails = false) {
    const asked: string[] = [];
    const state = (now: TutorState['key']) =>
      ({
        key: now,
        base_url: 'https://openrouter.ai/api/v1',
        sign_in: true
      }) as TutorState;
    const services = {
      api: {
        saveKey: async (_: string, value: string) => {
          asked.push(`save ${value}`);
          if (fails) {
            throw new ApiError('No.', 'So.', 'bad_input', 400);
          }
          return state('file');
        },
        deleteKey: async () => {
          asked.push('delete');
          return state('none');
        }
      },
      session: { document: new Field('') },
      circumstances: {
        tutor: new Field({ kind: 'ready', value: state(key) })
      },
      commands: new CommandRegistry(),
      trans: nullTranslator.load('nanochat_learn')
    } as unknown as IServices;
    const made = ReactWidget.create(
      <KeyForm services={services} form={{ close: () => undefined }} />
    );
    widget = made;
    await turn(() => Widget.attach(made, document.body));
    const field = made.node.querySelector('input');
    const button = (name: string) =>
      [...made.node.querySelectorAll('button')].find(
        ({ textContent }) => textContent === name
      );
    const type = (text: string): Promise<void> =>
      turn(() => {
        const set = Object.getOwnPropertyDescriptor(
          HTMLInputElement.prototype,
          'value'
        )?.set;
        set?.call(field, text);
        field?.dispatchEvent(new Event('input', { bubbles: true }));
      });
    return { asked, node: made.node, field, button, type };
  }

  it('sends what was pasted once, and holds it nowhere afterwards', async () => {
    const { asked, node, field, button, type } = await open('none');
    expect(button('Keep this key')?.disabled).toBe(true);
    await type(` ${KEY} `);
    expect(node.outerHTML, 'not in an attribute either').not.toContain(KEY);
    await turn(() => button('Keep this key')?.click());
    expect(asked).toEqual([`save ${KEY}`]);
    expect(field?.value).toBe('');
    expect(node.outerHTML).not.toContain(KEY);
    expect(node.textContent).toContain('is kept by this Jupyter server');
  });

  it('tells why a key was refused, without the key', async () => {
    const { node, field, button, type } = await open('none', true);
    await type(KEY);
    await turn(() => button('Keep this key')?.click());
    const alerts = [...node.querySelectorAll('[role="alert"]')];
    expect(alerts.map(({ textContent }) => textContent).join('')).toBe(
      'No. So.'
    );
    expect(field?.value).toBe('');
    expect(node.outerHTML).not.toContain(KEY);
  });

  it('deletes a kept key', async () => {
    const { asked, node, button } = await open('file');
    expect(button('Sign in…')).toBeUndefined();
    await turn(() => button('Delete the key')?.click());
    expect(asked).toEqual(['delete']);
    expect(node.textContent).toContain('There is no key');
    expect(button('Sign in…')).toBeDefined();
  });

  it.each(['environment', 'config'] as const)(
    'leaves a key from the %s alone',
    async from => {
      const { field, button } = await open(from);
      expect(field).toBeNull();
      expect(button('Delete the key')).toBeUndefined();
    }
  );
});
