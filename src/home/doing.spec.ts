import { Dialog, Notification } from '@jupyterlab/apputils';
import type { Contents } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { afterEach, describe, expect, it } from 'vitest';

import { ApiError } from '../api/failure';
import type { Status } from '../api/types.gen';
import { Field } from '../state/field';
import { CommandIds, type IApi, type ISession, type Loaded } from '../tokens';
import { FrontDoor } from './doing';

function status(prefix: string | null): Status {
  return {
    version: '1',
    workspace: prefix === null ? null : { prefix, name: 'w', writable: true },
    index: {
      content_hash: '1',
      files: 3,
      nodes: 40,
      edges: 50,
      errors: 0,
      warnings: 0
    },
    indexing: false
  };
}

function setUp(files: string[], state: Status) {
  const did: string[] = [];
  const failures: Array<ApiError | null> = [];
  const commands = new CommandRegistry();
  for (const id of [CommandIds.showGraph, 'docmanager:open']) {
    commands.addCommand(id, {
      execute: args => void did.push([id, args.path].filter(Boolean).join(' '))
    });
  }
  const session = {
    document: new Field(''),
    status: new Field<Loaded<Status>>({ kind: 'ready', value: state }),
    refresh: () => Promise.resolve(void did.push('refresh')),
    index: (confirmed = false) => {
      did.push(confirmed ? 'index confirmed' : 'index');
      const failure = failures.shift() ?? null;
      return failure === null ? Promise.resolve() : Promise.reject(failure);
    }
  };
  const api = {
    prepareWorkspace: (folder: string, lessons: boolean) => {
      did.push(`prepare ${folder} ${lessons}`);
      return Promise.resolve(status(folder));
    }
  } as unknown as IApi;
  const contents = {
    get: (path: string) =>
      files.includes(path) ? Promise.resolve({}) : Promise.reject(new Error())
  } as unknown as Contents.IManager;
  const door = new FrontDoor(
    commands,
    contents,
    api,
    session as unknown as ISession,
    nullTranslator.load('nanochat_learn')
  );
  return { door, did, failures, session };
}

const said = (): string[] =>
  Notification.manager.notifications.map(
    ({ type, message }) => `${type}: ${message}`
  );

/** Presses a button of the dialog that is open, once it is. */
async function answer(label: string): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, 20));
  const found = [...document.querySelectorAll('.jp-Dialog button')].find(
    node => node.textContent === label
  );
  (found as HTMLButtonElement).click();
}

afterEach(() => {
  Notification.manager.dismiss();
  Dialog.flush();
});

describe('start', () => {
  it('opens the map and the first lesson', async () => {
    const { door, did } = setUp(['w/lessons/00_start_here.ipynb'], status('w'));
    await door.start('');
    expect(did).toEqual([
      CommandIds.showGraph,
      'refresh',
      'docmanager:open w/lessons/00_start_here.ipynb'
    ]);
  });

  it('indexes a workspace that never was', async () => {
    const { door, did } = setUp([], { ...status(''), index: null });
    await door.start('');
    expect(did).toEqual([CommandIds.showGraph, 'refresh', 'index']);
  });

  it('opens the map alone where there are no lessons', async () => {
    const { door, did } = setUp([], status(''));
    await door.start('');
    expect(did).toEqual([CommandIds.showGraph, 'refresh']);
  });

  it('offers to prepare a workspace where there is none', async () => {
    const { door, did, session } = setUp(
      ['course/lessons/00_start_here.ipynb'],
      status(null)
    );
    const started = door.start('course');
    await answer('Prepare');
    await started;
    expect(did).toEqual([
      CommandIds.showGraph,
      'refresh',
      'prepare course true',
      'docmanager:open course/lessons/00_start_here.ipynb',
      'refresh',
      'index'
    ]);
    expect(session.document.value).toBe('course/nanochat-learn.toml');
  });

  it('prepares nothing when the learner thinks better of it', async () => {
    const { door, did } = setUp([], status(null));
    const started = door.start('');
    await answer('Cancel');
    await started;
    expect(did).toEqual([CommandIds.showGraph, 'refresh']);
  });
});

describe('index', () => {
  it('says what the map holds', async () => {
    const { door } = setUp([], status(''));
    await door.index();
    expect(said()).toEqual([
      'success: The map holds: files 3, nodes 40, connections 50.'
    ]);
  });

  it('shows a failure with its next step', async () => {
    const { door, failures } = setUp([], status(''));
    failures.push(new ApiError('Another run.', 'Wait.', 'busy', 409));
    await door.index();
    expect(said()).toEqual(['error: Another run. Wait.']);
  });

  it.each([
    ['Index It', ['index', 'index confirmed']],
    ['Cancel', ['index']]
  ])('of a very large folder asks first: %s', async (label, expected) => {
    const { door, did, failures } = setUp([], status(''));
    failures.push(new ApiError('9,000 files.', '', 'bad_input', 409));
    const run = door.index();
    await answer(label);
    await run;
    expect(did).toEqual(expected);
  });
});
