import type { EditorView } from '@codemirror/view';
import { afterEach, describe, expect, it } from 'vitest';

import { closeEditors, editorOf } from './sample';
import { type Direction, type ISheet, walk } from './walking';

afterEach(closeEditors);

/** Sheets as a notebook has them; the texts in `hidden` count tags but have none. */
function sheets(docs: readonly string[], hidden: readonly number[] = []) {
  const entered: number[] = [];
  const views = docs.map(doc => editorOf(doc, []));
  const made: ISheet[] = views.map((view, index) => ({
    tags: () =>
      hidden.includes(index)
        ? 1
        : (docs[index]?.match(/^# @\w+:\w/gm)?.length ?? 0),
    show: () => Promise.resolve(view),
    enter: () => void entered.push(index)
  }));
  return { views, made, entered };
}

describe('walking from tag to tag', () => {
  it('goes round and round, and knows the number of each', async () => {
    const { views, made } = sheets([
      'x = 1\n# @learn:a\n# @viz:b\n',
      'y = 1\n',
      '# @learn:c\nz = 1\n'
    ]);
    const go = async (direction: Direction, times: number) => {
      const steps: string[] = [];
      let at = 0;
      let view: EditorView | null = views[0] ?? null;
      for (let n = 0; n < times; n++) {
        const reached = await walk(made, at, view, direction);
        view = reached?.view ?? null;
        at = view === null ? at : views.indexOf(view);
        const target =
          reached?.tag.kind === 'malformed' ? '' : reached?.tag.target;
        steps.push(`${target} ${reached?.number}/${reached?.count}`);
      }
      return steps;
    };
    expect(await go(1, 5)).toEqual([
      'a 1/3',
      'b 2/3',
      'c 3/3',
      'a 1/3',
      'b 2/3'
    ]);
    views.forEach(view => view.dispatch({ selection: { anchor: 0 } }));
    expect(await go(-1, 5)).toEqual([
      'c 3/3',
      'b 2/3',
      'a 1/3',
      'c 3/3',
      'b 2/3'
    ]);
  });

  it('wraps within a single file', async () => {
    const { views, made } = sheets(['# @learn:a\nx = 1\n']);
    const view = views[0] ?? null;
    for (const direction of [1, 1, -1, -1] as const) {
      const reached = await walk(made, 0, view, direction);
      expect([reached?.number, reached?.count]).toEqual([1, 1]);
    }
  });

  it('passes over a cell whose tag turns out to be text', async () => {
    const { views, made, entered } = sheets(
      ['x = 1\n', 's = """\n# @learn:a\n"""\n', '# @learn:b\ny = 1\n'],
      [1]
    );
    const reached = await walk(made, 0, views[0] ?? null, 1);
    expect(reached?.tag).toEqual({ kind: 'learn', target: 'b' });
    expect(entered).toEqual([2]);
  });

  it('says so where there is none', async () => {
    const { views, made } = sheets(['x = 1\n', 'y = 1\n']);
    expect(await walk(made, 0, views[0] ?? null, 1)).toBeNull();
    expect(await walk([], 0, null, -1)).toBeNull();
  });
});
