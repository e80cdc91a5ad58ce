import { nullTranslator } from '@jupyterlab/translation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { NodeId } from '../api/types.gen';
import { Field } from '../state/field';
import type { IPointing } from '../tokens';
import { tagFolding } from './fold-keys';
import { type ILineSpan, tagLights } from './lighting';
import { tagGutter } from './markers';
import { CodePointing, tagPointing } from './pointing';
import { closeEditors, editorOf } from './sample';
import { tagText } from './tag-text';

beforeEach(() => void vi.useFakeTimers());

afterEach(() => {
  closeEditors();
  vi.useRealTimers();
});

const DOC = [
  '# @learn:a.b', // 1
  '# @viz:pic', // 2
  'def f():', // 3
  '    # @learn:c', // 4
  '    x = g(', // 5
  '        1)', // 6
  '    return x', // 7
  'y = 2' // 8
].join('\n');

function setUp(spans: readonly ILineSpan[] = []) {
  const field = new Field<IPointing | null>(null);
  const heard: string[] = [];
  field.changed.connect((_, value) =>
    heard.push(value === null ? '-' : value.ids.join(' '))
  );
  const pointing = new CodePointing(field);
  const view = editorOf(DOC, [
    tagGutter({ choose: () => undefined, hover: () => undefined }),
    tagFolding(new Field(false), nullTranslator.load('nanochat_learn')),
    tagText(() => undefined),
    tagPointing(pointing),
    tagLights(field, (_, ids) =>
      ids.some(id => id.includes('.py')) ? spans : []
    )
  ]);
  const cursor = (line: number): void => {
    view.focus();
    view.dispatch({ selection: { anchor: view.state.doc.line(line).from } });
    vi.advanceTimersByTime(500);
  };
  const tinted = (): string[] =>
    [...view.dom.querySelectorAll('.cm-line.jp-NanochatLearn-pointedAt')].map(
      node => node.textContent ?? ''
    );
  const rings = (): number =>
    view.dom.querySelectorAll('.jp-NanochatLearn-marker.jp-mod-pointedAt')
      .length;
  return { field, heard, pointing, view, cursor, tinted, rings };
}

describe('code points', () => {
  it('at what the statement around the cursor is about', () => {
    const { heard, cursor } = setUp();
    cursor(3);
    cursor(6);
    cursor(5); // the same statement: nothing new
    cursor(7);
    cursor(8);
    expect(heard).toEqual([
      'concept:a.b viz:pic',
      'concept:c',
      'concept:a.b viz:pic',
      '-'
    ]);
  });

  it('at nothing while the cursor only passes', () => {
    const { heard, view } = setUp();
    view.focus();
    for (let line = 1; line <= 6; line++) {
      view.dispatch({ selection: { anchor: view.state.doc.line(line).from } });
      vi.advanceTimersByTime(50);
    }
    expect(heard).toEqual([]);
  });

  it('at the tag under the pointer first, then at the cursor’s again', () => {
    const { heard, cursor, view } = setUp();
    cursor(5);
    const text = view.dom.querySelector('.jp-NanochatLearn-tagText');
    text?.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
    const line = view.contentDOM.lastElementChild;
    line?.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
    expect(heard).toEqual(['concept:c', 'concept:a.b', 'concept:c']);
  });

  it('no more when the focus leaves, and leaves to others what they said', () => {
    const { heard, cursor, view, field } = setUp();
    cursor(5);
    view.contentDOM.blur();
    vi.advanceTimersByTime(500);
    expect(heard).toEqual(['concept:c', '-']);
    cursor(5);
    field.set({ ids: ['concept:z' as NodeId], by: 'graph' });
    view.contentDOM.blur();
    vi.advanceTimersByTime(500);
    expect(field.value?.by).toBe('graph');
    cursor(4);
    expect(field.value?.by).toBe('code');
  });

  it('no more when its editor is closed', () => {
    const { field, cursor, view } = setUp();
    cursor(5);
    view.destroy();
    expect(field.value).toBeNull();
  });
});

describe('code lights up', () => {
  const at = (...ids: string[]): IPointing => ({
    ids: ids as NodeId[],
    by: 'graph'
  });

  it('where a tag names what is pointed at, with the lines it covers', () => {
    const { field, tinted, rings } = setUp();
    field.set(at('concept:c'));
    expect(tinted()).toEqual(['    # @learn:c', '    x = g(', '        1)']);
    expect(rings()).toBe(1);
    field.set(at('viz:pic'));
    expect(tinted()).toHaveLength(6);
    expect(rings()).toBe(1);
    field.set(at('concept:a.b'));
    expect(tinted()).toHaveLength(7); // with the other tag in between
    field.set(at('concept:unheard'));
    expect([tinted(), rings()]).toEqual([[], 0]);
    field.set(at('concept:c'));
    field.set(null);
    expect([tinted(), rings()]).toEqual([[], 0]);
  });

  it('where the code itself is pointed at', () => {
    const { field, tinted, rings } = setUp([{ first: 7, last: 99 }]);
    field.set(at('m.py:f'));
    expect(tinted()).toEqual(['    return x', 'y = 2']);
    expect(rings()).toBe(0);
  });

  it('never by its own pointing', () => {
    const { field, tinted } = setUp();
    field.set({ ids: ['concept:c' as NodeId], by: 'code' });
    expect(tinted()).toEqual([]);
  });

  it('without moving cursor or text, and follows edits', () => {
    const { field, tinted, view } = setUp();
    field.set(at('concept:c'));
    const { selection, doc } = view.state;
    expect([selection.main.head, doc.toString()]).toEqual([0, DOC]);
    view.dispatch({ changes: { from: 0, insert: '\n' } });
    expect(tinted()).toHaveLength(3);
  });
});
