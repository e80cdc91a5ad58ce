import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';

import type { Evidence, NodeId, Progress, Status } from '../api/types.gen';
import { Field } from '../state/field';
import {
  CommandIds,
  type ILearned,
  type ISession,
  type IUnsent,
  type Loaded
} from '../tokens';
import { PathPanel } from './panel';
import { progressOf } from './sample';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

let panel: PathPanel | null = null;

const turn = (work: () => unknown): Promise<void> =>
  act(async () => {
    await work();
    MessageLoop.flush();
    await import('./view');
    await new Promise(resolve => setTimeout(resolve, 5));
    MessageLoop.flush();
    await new Promise(resolve => setTimeout(resolve, 5));
  });

afterEach(async () => {
  await turn(() => panel?.dispose());
  document.body.replaceChildren();
});

function ready(workspace: object | null = { prefix: '', name: 'w' }) {
  return {
    kind: 'ready',
    value: { workspace, index: null } as unknown as Status
  } as const;
}

async function open(
  progress: Loaded<Progress>,
  status: Loaded<Status> = ready()
) {
  const did: string[] = [];
  const session = {
    document: new Field('lessons/01_talk.ipynb'),
    status: new Field<Loaded<Status>>(status),
    graph: new Field<unknown>({ kind: 'nothing' }),
    indexing: new Field<unknown>(null),
    highlight: new Field({ ids: [] as NodeId[], reason: '' }),
    pointing: new Field<{ ids: NodeId[] } | null>(null),
    refresh: () => Promise.resolve(void did.push('refresh'))
  };
  const evidence = new Field<readonly Evidence[]>([]);
  const learned = {
    progress: new Field(progress),
    unsent: new Field<IUnsent | null>(null),
    evidence: () => evidence,
    look: (first = false) => Promise.resolve(void did.push(`look ${first}`)),
    give: (_: string, deed: object) => {
      const at = new Date().toISOString();
      evidence.set([...evidence.value, { id: 'x', at, ...deed } as Evidence]);
      did.push(`give ${JSON.stringify(deed)}`);
      return Promise.resolve();
    }
  };
  const commands = new CommandRegistry();
  for (const id of [
    CommandIds.goOn,
    CommandIds.openLesson,
    CommandIds.openConcept,
    CommandIds.focusInGraph,
    CommandIds.resetLesson,
    CommandIds.prepareWorkspace
  ]) {
    commands.addCommand(id, {
      execute: args =>
        void did.push([id.split(':')[1], ...Object.values(args)].join(' '))
    });
  }
  const made = new PathPanel({
    session: session as unknown as ISession,
    learned: learned as unknown as ILearned,
    commands,
    trans: nullTranslator.load('')
  });
  panel = made;
  await turn(() => Widget.attach(made, document.body));
  const { node } = made;
  const all = (selector: string): HTMLElement[] => [
    ...node.querySelectorAll<HTMLElement>(selector)
  ];
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) {
      await turn(() =>
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
        )
      );
    }
  };
  const click = (name: string): Promise<void> =>
    turn(() => {
      const found = all('button').find(
        ({ textContent }) => textContent === name
      );
      expect(found, name).toBeDefined();
      found?.click();
    });
  return { made, node, all, press, click, did, session, learned };
}

const shown = (progress = progressOf()): Loaded<Progress> => ({
  kind: 'ready',
  value: progress
});

describe('the path panel', () => {
  it('asks for the path when it is seen, and shows the next step first', async () => {
    const { node, all, click, did } = await open(shown());
    expect(did).toContain('look true');
    const next = all('section')[0];
    expect(next.textContent).toContain('About 01_talk · Question');
    expect(next.textContent).toContain('one question is open');
    expect(next.textContent).toContain(
      '12 min left in this lesson, 32 min in all'
    );
    await click('Go on');
    expect(did).toContain('go-on');
    expect(node.querySelectorAll('[role="treeitem"]')).toHaveLength(8);
  });

  it('says states in words, to the eye and to screen readers', async () => {
    const { all, press } = await open(shown());
    const says = all('[role="treeitem"]').map(row =>
      row.getAttribute('aria-label')
    );
    expect(says).toEqual([
      'Foundations, 1 of 4 concepts understood',
      'Lesson 1, About 01_talk, begun, 12 min left',
      'Concept next_token, understood',
      'Concept softmax, shaky',
      'Lesson 2, About 02_shapes, not begun, 20 min left',
      'Lesson 0, About 00_tour, 10 min to read',
      'Concept probability, started',
      'Attention, 0 of 1 concepts understood'
    ]);
    await turn(() => all('[role="treeitem"]')[7].focus());
    await press('ArrowRight', 'ArrowDown');
    expect(document.activeElement?.textContent).toContain('to come');
  });

  it('is walked by keys; a concept opens, is lit and pointed at', async () => {
    const { node, all, press, did, session } = await open(shown());
    expect(all('[tabindex="0"]')).toHaveLength(1);
    await turn(() => all('[tabindex="0"]')[0].focus());
    await press('ArrowDown', 'ArrowDown', 'ArrowDown');
    expect(session.pointing.value?.ids).toEqual([
      'concept:foundations.softmax'
    ]);
    await press('Enter');
    expect(did).toContain('open-concept foundations.softmax');
    expect(session.highlight.value).toEqual({
      ids: ['concept:foundations.softmax'],
      reason: 'From the path: softmax'
    });
    expect(node.textContent).toContain('shaky: because of foundations.softmax');
    await press('ArrowLeft', ' ');
    expect(node.textContent).toContain('Prediction: right');
    expect(node.textContent).toContain('Question: open');
    await press('Enter');
    expect(did).toContain('open-lesson lessons/01_talk.ipynb q1');
    await turn(() => (document.activeElement as HTMLElement).blur());
    expect(session.pointing.value).toBeNull();
  });

  it('offers to resume a lesson and to begin it anew; one to come only says so', async () => {
    const { node, all, click, did } = await open(shown());
    await turn(() => all('[role="treeitem"]')[1].click());
    await click('Resume');
    await click('Begin anew…');
    expect(did).toContain('open-lesson lessons/01_talk.ipynb q1');
    expect(did).toContain('reset-lesson 01_talk');
    await turn(() => all('[role="treeitem"]')[7].click());
    await turn(() => all('[role="treeitem"]')[8].click());
    expect(node.textContent).toContain('This lesson is not written yet.');
  });

  it('asks missed questions again, and keeps an answer until it was read', async () => {
    const review = {
      lesson: '01_talk',
      item: 'q1',
      missed: '2026-01-01T00:00:00Z',
      question: {
        kind: 'quiz',
        lesson: '01_talk',
        item: 'q1',
        question: 'Why?',
        choices: [
          { text: 'So', right: true, feedback: 'Indeed.' },
          { text: 'Not so', right: false, feedback: 'Think.' }
        ]
      }
    } as unknown as Progress['reviews'][number];
    const { node, all, click, did, learned } = await open(
      shown(progressOf({ reviews: [review] }))
    );
    await click('Look at it');
    await turn(() => (all('input')[0] as HTMLInputElement).click());
    await click('Answer');
    expect(did.find(what => what.startsWith('give'))).toContain(
      '"outcome":"right","answer":"So"'
    );
    await turn(() => learned.progress.set(shown()));
    expect(node.textContent).toContain('Indeed.');
    await click('Close');
    expect(node.textContent).not.toContain('Why?');
  });

  it('tells what waits to be sent, and what could not be read', async () => {
    const { node, learned } = await open(
      shown(progressOf({ damaged: ['kernel-1.jsonl, line 3'] }))
    );
    expect(node.textContent).toContain('left out: kernel-1.jsonl, line 3');
    await turn(() =>
      learned.unsent.set({ ids: new Set(['x']), sentence: 'Away.', hint: '' })
    );
    expect(node.textContent).toContain('Away.');
  });

  it.each<[string, Loaded<Progress>, Loaded<Status>, string]>([
    ['no workspace', shown(), ready(null), 'Prepare a workspace here'],
    ['not yet known', { kind: 'loading' }, ready(), 'Loading the path…'],
    [
      'a failure',
      { kind: 'failed', sentence: 'Away.', hint: 'Wait.' },
      ready(),
      'Try again'
    ],
    [
      'no lessons',
      shown(progressOf({ clusters: [], next: null })),
      ready(),
      'Bring the lessons here'
    ],
    [
      'nothing left to do',
      shown(progressOf({ next: null })),
      ready(),
      'You have understood everything'
    ]
  ])('says it when there is %s', async (_, progress, status, words) => {
    const { node } = await open(progress, status);
    expect(node.textContent).toContain(words);
  });
});
