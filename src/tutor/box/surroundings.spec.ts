import type { INotebookTracker } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { Field } from '../../state/field';
import type { ISession, ITraceApi } from '../../tokens';
import { CAREFUL } from '../consent';
import type { Consent } from './kinds';
import { Surroundings } from './surroundings';

// The real module needs a browser; all that is used of it is that cells have run.
vi.mock('@jupyterlab/notebook', () => ({
  NotebookActions: { executed: new Signal({}) }
}));

const LESSON = 'lessons/03_dot_products.ipynb';

describe('what goes along from a lesson', () => {
  let made: Surroundings | null = null;
  afterEach(() => made?.dispose());

  function around(exercise: unknown, consent: Partial<Consent> = {}) {
    const workspace = { prefix: 'course', name: 'course', writable: true };
    const node = {
      data: { id: 'lesson:03_dot_products', type: 'lesson', file_path: LESSON }
    };
    const session = {
      document: new Field(`course/${LESSON}`),
      status: new Field({ kind: 'ready', value: { workspace } }),
      graph: new Field({
        kind: 'ready',
        value: { elements: { nodes: [node] } }
      })
    } as unknown as ISession;
    const model = {
      getMetadata: (key: string) => (key === 'exercise' ? exercise : undefined),
      sharedModel: { getSource: () => 'answer = ...' },
      toJSON: () => ({ cell_type: 'code', outputs: [] })
    };
    const notebooks = {
      activeCellChanged: new Signal({}),
      currentWidget: {
        isVisible: true,
        content: { activeCell: { model }, model: { cells: [model] } }
      }
    } as unknown as INotebookTracker;
    const traces = {
      traces: () => Promise.resolve({ traces: [] })
    } as unknown as ITraceApi;
    made = new Surroundings(
      session,
      notebooks,
      null,
      new Field({ ...CAREFUL, ...consent }),
      new Field(null),
      traces
    );
    return made.context();
  }

  it('names the exercise of the active cell with the document', () => {
    const context = around('sums');
    expect(context?.lesson).toBe('03_dot_products');
    expect(context?.exercise).toEqual({
      lesson: '03_dot_products',
      item: 'sums'
    });
    expect(context?.cell).toBe('');
  });

  it.each([undefined, 3, '', '../x', 'Sums'])(
    'takes nothing else for an exercise: %j',
    metadata => {
      expect(around(metadata)?.exercise).toBeNull();
    }
  );

  it('sends no exercise where the document stays here', () => {
    expect(around('sums', { document: false })).toBeNull();
  });

  it('sends what was understood only when the learner agreed', () => {
    expect(around('sums')?.progress).toBe(false);
    expect(around('sums', { progress: true })?.progress).toBe(true);
  });
});
