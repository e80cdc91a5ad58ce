import { python } from '@codemirror/lang-python';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { nullTranslator } from '@jupyterlab/translation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { NewestLines } from '../api/types.gen';
import { Field } from '../state/field';
import { setShapes, Shape, shapeChips, shapes } from './chips';
import { ShapeEditors } from './editors';
import { NewestTrace } from './newest';
import { place } from './placing';
import { record } from './sample';
import { ShapeTooltips } from './tooltip';
import { chipText } from './words';

const DOC = [
  'def f(x):',
  '    q = g(x)',
  '    k = h(',
  '        q,',
  '    )',
  ''
].join('\n');
const RECORDS = [
  record(2, 'q = g(x)', { name: 'q' }),
  record(3, 'k = h(', { name: 'k', shape: [2] })
];
const views: EditorView[] = [];
const tooltips = new ShapeTooltips(nullTranslator.load('nanochat_learn'));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  views.splice(0).forEach(view => view.destroy());
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function editor(doc = DOC, extra: object[] = []): EditorView {
  const view = new EditorView({
    parent: document.body,
    state: EditorState.create({
      doc,
      extensions: [
        python(),
        shapeChips({
          text: chipText,
          spoken: () => 'aloud',
          pointed: tooltips.pointed
        }),
        tooltips.extension,
        ...(extra as never[])
      ]
    })
  });
  views.push(view);
  return view;
}

function placed(doc = DOC): EditorView {
  const view = editor(doc);
  view.dispatch({ effects: setShapes.of(place(view.state.doc, RECORDS)) });
  return view;
}

/** `line: text`, with `!` where it is grey. */
function shown(view: EditorView): string[] {
  return [
    ...view.contentDOM.querySelectorAll<HTMLElement>('.jp-NanochatLearn-shape')
  ].map(
    chip =>
      `${view.state.doc.lineAt(view.posAtDOM(chip)).number}: ${chip.textContent}${
        chip.classList.contains('jp-mod-stale') ? '!' : ''
      }`
  );
}

const at = (view: EditorView, text: string): number =>
  view.state.doc.toString().indexOf(text);

describe('chips', () => {
  it('stand at the ends of their lines, and are no text', () => {
    const view = placed();
    expect(shown(view)).toEqual(['2: q (1, 4) f32', '3: k (2,) f32']);
    expect(view.state.doc.toString()).toBe(DOC);
    const chip = view.contentDOM.querySelector('.jp-NanochatLearn-shape');
    expect(chip?.getAttribute('aria-label')).toBe('aloud');
  });

  it('go along when lines come and go above them', () => {
    const view = placed();
    view.dispatch({ changes: { from: 0, insert: '# one\n# two\n' } });
    expect(shown(view)).toEqual(['4: q (1, 4) f32', '5: k (2,) f32']);
    view.dispatch({ changes: { from: 0, to: 6 } });
    expect(shown(view)).toEqual(['3: q (1, 4) f32', '4: k (2,) f32']);
  });

  it('turn grey when their line is edited, and clear up when that is undone', () => {
    const view = placed();
    view.dispatch({ changes: { from: at(view, 'g(x)') + 2, insert: 'y' } });
    expect(shown(view)).toEqual(['2: q (1, 4) f32!', '3: k (2,) f32']);
    const from = at(view, 'g(yx)');
    view.dispatch({ changes: { from, to: from + 5, insert: 'g(x)' } });
    expect(shown(view)).toEqual(['2: q (1, 4) f32', '3: k (2,) f32']);
  });

  it('turn grey when a later line of their statement is edited', () => {
    const view = placed();
    view.dispatch({ changes: { from: at(view, 'q,'), insert: '-' } });
    expect(shown(view)).toEqual(['2: q (1, 4) f32', '3: k (2,) f32!']);
  });

  it.each<[string, (view: EditorView) => { from: number; insert: string }]>([
    [
      'space at its end',
      view => ({ from: at(view, 'g(x)') + 4, insert: '  ' })
    ],
    [
      'Enter behind it',
      view => ({ from: at(view, 'g(x)') + 4, insert: '\n    ' })
    ],
    ['Enter before it', view => ({ from: at(view, '    q ='), insert: '\n' })],
    [
      'more indentation',
      view => ({ from: at(view, '    q ='), insert: '    ' })
    ]
  ])('%s is no edit of the line', (_, change) => {
    const view = placed();
    view.dispatch({ changes: change(view) });
    expect(shown(view).map(text => text.slice(3))).toEqual([
      'q (1, 4) f32',
      'k (2,) f32'
    ]);
    expect(view.state.doc.lineAt(at(view, 'q =')).number).toBe(
      Number(shown(view)[0]?.[0])
    );
  });

  it('go with a line that is deleted', () => {
    const view = placed();
    const line = view.state.doc.line(2);
    view.dispatch({ changes: { from: line.from, to: line.to + 1 } });
    expect(shown(view)).toEqual(['2: k (2,) f32']);
  });

  it('in 20,000 lines are drawn in view only, and a key looks at a few', () => {
    const lines = 20_000;
    const view = editor('q = g(x)\n'.repeat(lines));
    const records = Array.from({ length: lines }, (_, n) =>
      record(n + 1, 'q = g(x)', { name: 'q' })
    );
    view.dispatch({ effects: setShapes.of(place(view.state.doc, records)) });
    expect(view.state.field(shapes).size).toBe(lines);
    expect(shown(view).length).toBeLessThan(300);
    const looked = vi.spyOn(Shape.prototype, 'over');
    view.dispatch({ changes: { from: 3, insert: 'y' } });
    expect(looked.mock.calls.length).toBeLessThan(130);
    expect(shown(view)[0]).toBe('1: q (1, 4) f32!');
  });
});

describe('the tooltip', () => {
  const told = (): HTMLElement | null =>
    document.querySelector('.jp-NanochatLearn-shapeTold');

  it('tells by key, aloud, and closes on Escape', () => {
    const view = placed();
    expect(tooltips.show(view, 0)).toBe(false);
    expect(tooltips.show(view, at(view, 'q ='), true)).toBe(true);
    expect(told()?.textContent).toContain('q(1, 4)float32from -1 to 2.5');
    expect(told()?.querySelectorAll('figure i.jp-mod-some')).toHaveLength(2);
    expect(view.dom.querySelector('.cm-announced')?.textContent).toContain(
      'q: shape (1, 4)'
    );
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(told()).toBeNull();
  });

  it('tells while the pointer rests, and stays while it is inside', () => {
    const view = placed();
    const chip = view.contentDOM.querySelector<HTMLElement>(
      '.jp-NanochatLearn-shape'
    );
    chip?.dispatchEvent(new MouseEvent('mouseenter'));
    vi.advanceTimersByTime(300);
    expect(told()).not.toBeNull();
    chip?.dispatchEvent(new MouseEvent('mouseleave'));
    told()?.dispatchEvent(new MouseEvent('mouseenter'));
    vi.advanceTimersByTime(1000);
    expect(told()).not.toBeNull();
    told()?.dispatchEvent(new MouseEvent('mouseleave'));
    vi.advanceTimersByTime(1000);
    expect(told()).toBeNull();
  });

  it('says that a line has changed', () => {
    const view = placed();
    view.dispatch({ changes: { from: at(view, 'g(x)'), insert: 'y' } });
    tooltips.show(view, at(view, 'q ='));
    expect(told()?.textContent).toContain('changed after this run');
  });
});

describe('editors', () => {
  const NEWEST: NewestLines = {
    prefix: '',
    mark: 'run 1',
    name: 'run' as NonNullable<NewestLines['name']>,
    lines: {
      sources: [
        {
          file_path: 'f.py',
          cell: null,
          source_hash: '',
          functions: [],
          lines: RECORDS
        }
      ]
    }
  };

  function setUp(doc = DOC) {
    const answers = vi.fn(async () => NEWEST);
    const newest = new NewestTrace({ lines: answers });
    const on = new Field(true);
    const source = () => ({ path: 'f.py', cell: null });
    const editors = new ShapeEditors({ source }, newest.shown, on);
    const view = editor(doc, [editors.extension]);
    vi.advanceTimersByTime(100);
    return { answers, newest, on, view };
  }

  it('follow the newest trace, the setting, and the command that clears', async () => {
    const { answers, newest, on, view } = setUp();
    expect(shown(view)).toEqual([]);
    await newest.refresh('f.py');
    expect(shown(view)).toHaveLength(2);
    on.set(false);
    expect(shown(view)).toEqual([]);
    on.set(true);
    expect(shown(view)).toHaveLength(2);

    expect(newest.clear()).toBe(true);
    expect(shown(view)).toEqual([]);
    expect(newest.clear()).toBe(false);
    await newest.refresh('f.py'); // the same trace stays cleared
    expect(shown(view)).toEqual([]);
    answers.mockResolvedValueOnce({ ...NEWEST, mark: 'run 2' });
    await newest.refresh('f.py');
    expect(shown(view)).toHaveLength(2);
  });

  it('keep what they show when nothing is new, or the server is away', async () => {
    const { answers, newest, view } = setUp();
    await newest.refresh('f.py');
    answers.mockResolvedValueOnce({ ...NEWEST, lines: null });
    await newest.refresh('f.py');
    answers.mockRejectedValueOnce(new Error('away'));
    await newest.refresh('f.py');
    expect(shown(view)).toHaveLength(2);
  });

  it('ask once more, not ten times, for ten runs in a row', async () => {
    const { answers, newest } = setUp();
    await Promise.all(Array.from({ length: 10 }, () => newest.refresh('f.py')));
    expect(answers).toHaveBeenCalledTimes(2);
  });

  it('place chips anew when the whole text is replaced', async () => {
    const { newest, view } = setUp('');
    await newest.refresh('f.py');
    expect(shown(view)).toEqual([]);
    view.dispatch({ changes: { from: 0, insert: DOC } });
    vi.advanceTimersByTime(100);
    expect(shown(view)).toHaveLength(2);
    const { length } = view.state.doc;
    view.dispatch({ changes: { from: 0, to: length, insert: `#\n${DOC}` } });
    vi.advanceTimersByTime(100);
    expect(shown(view)).toEqual(['3: q (1, 4) f32', '4: k (2,) f32']);
  });
});
