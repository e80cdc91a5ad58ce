/**
 * How much work a key costs, counted, not timed: eight editors and a file of 50,000
 * lines with 5,000 tags must do no more than a small one.
 */
import { pythonLanguage } from '@codemirror/lang-python';
import { ensureSyntaxTree } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { nullTranslator } from '@jupyterlab/translation';
import {
  afterAll,
  afterEach,
  beforeEach,
  describe,
  expect,
  it,
  vi
} from 'vitest';

import type { NodeId } from '../api/types.gen';
import { Field } from '../state/field';
import type { IPointing } from '../tokens';
import { tagFolding } from './fold-keys';
import { folds } from './folding';
import { tagLights } from './lighting';
import { tagGutter } from './markers';
import { CodePointing, tagPointing } from './pointing';
import { closeEditors, editorOf } from './sample';
import type * as tagging from './tags';

const counted = vi.hoisted(() => ({ lines: 0 }));

vi.mock('./tags', async original => {
  const real = await original<typeof tagging>();
  return {
    ...real,
    findInLine: (line: string) => {
      counted.lines++;
      return real.findInLine(line);
    }
  };
});

// Parsing 50,000 lines takes a while; what is counted comes after it.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => void vi.useFakeTimers());

afterAll(closeEditors);

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const TREE = Object.getPrototypeOf(pythonLanguage.parser.parse('x')) as {
  resolveInner: (...at: unknown[]) => unknown;
};

/** A file in which every tenth line is a tag. */
function file(tags: number): string {
  return Array.from(
    { length: tags },
    (_, n) => `# @learn:a.b${n}\n${'x = 1\n'.repeat(9)}`
  ).join('');
}

const largeField = new Field<IPointing | null>(null);
const LARGE = file(5000);

let made: EditorView | undefined;

/** 50,000 lines, parsed and folded, once for all tests. */
function large(): EditorView {
  made ??= setUp(LARGE, true, largeField).view;
  return made;
}

function setUp(
  doc: string,
  fold = true,
  field = new Field<IPointing | null>(null)
) {
  const view = editorOf(doc, [
    tagGutter({ choose: () => undefined, hover: () => undefined }),
    tagFolding(new Field(fold), nullTranslator.load('nanochat_learn')),
    tagPointing(new CodePointing(field)),
    tagLights(field, () => [])
  ]);
  vi.advanceTimersByTime(1000);
  return { view, field };
}

/** Lines read and places asked of the syntax tree while `work` runs. */
function cost(work: () => void): { lines: number; places: number } {
  const asked = vi.spyOn(TREE, 'resolveInner');
  counted.lines = 0;
  asked.mockClear();
  work();
  const places = asked.mock.calls.length;
  asked.mockRestore();
  return { lines: counted.lines, places };
}

describe('the work of an editor', () => {
  it('is one line per key, whatever the size of the file', () => {
    const costs = [setUp(file(50)).view, large()].map(view => {
      const middle = view.state.doc.line(view.state.doc.lines / 2 + 3).from;
      view.dispatch({ selection: { anchor: middle } });
      return cost(() => {
        for (let n = 0; n < 10; n++) {
          view.dispatch({
            changes: { from: middle, insert: 'y' },
            userEvent: 'input.type'
          });
        }
      });
    });
    const [few, many] = costs;
    expect(many?.lines).toBe(10);
    expect(few?.lines).toBe(10);
    expect(many?.places).toBeLessThanOrEqual((few?.places ?? 0) + 20);
  });

  it('for a step of the cursor is that of its own lines', () => {
    const view = large();
    const { places, lines } = cost(() => {
      for (let line = 100; line < 110; line++) {
        view.dispatch({
          selection: { anchor: view.state.doc.line(line).from }
        });
      }
    });
    expect(lines).toBe(0);
    expect(places).toBeLessThan(10 * 40); // the rows in view, not the 5,000 tags
  });

  it('after a pause is that of the folds in view, once, however many keys there were', () => {
    const view = large();
    for (let n = 0; n < 20; n++) {
      view.dispatch({
        changes: { from: 12, insert: 'y' },
        userEvent: 'input.type'
      });
      vi.advanceTimersByTime(50);
    }
    const folded = view.state.field(folds);
    const { places } = cost(() => vi.advanceTimersByTime(2000));
    expect(view.state.field(folds)).not.toBe(folded);
    expect(places).toBeLessThan(100);
  });

  it('is none at all in eight editors without tags', () => {
    const editors = Array.from({ length: 8 }, () =>
      setUp('x = 1\n'.repeat(200))
    );
    const { places } = cost(() => {
      for (const { view, field } of editors) {
        view.dispatch({ selection: { anchor: 6 } });
        field.set({ ids: ['concept:a.b1' as NodeId], by: 'graph' });
        vi.advanceTimersByTime(1000);
      }
    });
    expect(places).toBe(0);
  });

  it('when somebody points is that of the rows in view', () => {
    large();
    const { places } = cost(() =>
      largeField.set({ ids: ['concept:a.b1' as NodeId], by: 'graph' })
    );
    expect(places).toBeLessThan(200);
  });

  it('to read a file is one look at each line', () => {
    counted.lines = 0;
    const { view } = setUp(file(50), false);
    expect(counted.lines).toBe(view.state.doc.lines);
    const tree = ensureSyntaxTree(view.state, view.state.doc.length, 1000);
    expect(tree).not.toBeNull();
    expect(EditorState.create({ doc: '' }).doc.lines).toBe(1);
  });
});
