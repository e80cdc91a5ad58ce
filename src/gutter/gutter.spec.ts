import { python, pythonLanguage } from '@codemirror/lang-python';
import {
  codeFolding,
  foldEffect,
  forceParsing,
  LanguageSupport
} from '@codemirror/language';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, runScopeHandlers } from '@codemirror/view';
import { afterEach, describe, expect, it } from 'vitest';

import { allTags, tagOnLine, tagsBetween } from './candidates';
import { tagGutter } from './markers';
import { parsedState } from './sample';
import { tagText } from './tag-text';
import type { Tag } from './tags';

const views: EditorView[] = [];

afterEach(() => views.splice(0).forEach(view => view.destroy()));

function editor(
  doc: string,
  language: Extension = python(),
  extra: Extension = []
) {
  const opened: Tag[] = [];
  const chosen: Tag[][] = [];
  const view = new EditorView({
    parent: document.body,
    state: EditorState.create({
      doc,
      extensions: [
        language,
        extra,
        tagGutter({
          choose: tags => chosen.push([...tags]),
          hover: () => undefined
        }),
        tagText(tag => opened.push(tag))
      ]
    })
  });
  forceParsing(view, view.state.doc.length, 5000);
  views.push(view);
  return { view, opened, chosen };
}

/** `line: names` of the real tags, once everything is parsed. */
function tags(view: EditorView): string[] {
  forceParsing(view, view.state.doc.length, 5000);
  return tagsBetween(view.state, 0, view.state.doc.length).map(
    ({ tag, from }) =>
      `${view.state.doc.lineAt(from).number}: ${tag.kind === 'malformed' ? tag.intent : tag.target}`
  );
}

function markers(view: EditorView): string[] {
  return [...view.dom.querySelectorAll('.jp-NanochatLearn-marker')].map(
    node => `${node.className.split('jp-mod-')[1]} ${node.textContent}`
  );
}

function insert(view: EditorView, from: number, text: string, to = from) {
  view.dispatch({ changes: { from, to, insert: text } });
}

const CODE = [
  'import torch',
  '# @learn:attention.rope',
  'def rotate(x):',
  '    s = "# @learn:in.string"  # @viz:rope_dials',
  '    return x  # @lern:attention.rope',
  '# @todo:explain:why_pairs'
].join('\n');

describe('the tags of an editor', () => {
  it('are its comments, never its strings', () => {
    const { view } = editor(CODE);
    expect(tags(view)).toEqual([
      '2: attention.rope',
      '4: rope_dials',
      '5: # @learn:attention.rope',
      '6: why_pairs'
    ]);
  });

  it('follow edits above them', () => {
    const { view } = editor(CODE);
    insert(view, 0, '# a line\n'.repeat(3));
    expect(tags(view)[0]).toBe('5: attention.rope');
    insert(view, 0, '', view.state.doc.line(4).from);
    expect(tags(view)[0]).toBe('2: attention.rope');
  });

  it('come and go with a quote typed far above', () => {
    const { view } = editor(CODE);
    insert(view, 0, '"""\n');
    expect(tags(view)).toEqual([]);
    insert(view, 0, '', 4);
    expect(tags(view)).toHaveLength(4);
  });

  it('are read again while a tag is typed', () => {
    const { view } = editor('x = 1\n');
    const steps: number[] = [];
    for (const letter of '# @learn:a') {
      insert(view, view.state.doc.length, letter);
      steps.push(tags(view).length);
    }
    expect(steps).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
    expect(tags(view)).toEqual(['2: a']);
  });

  it('exist only in Python, and appear when the language becomes known', () => {
    const language = new Compartment();
    const { view } = editor(CODE, language.of([]));
    expect(tags(view)).toEqual([]);
    expect(markers(view)).toEqual([]);
    view.dispatch({
      effects: language.reconfigure(new LanguageSupport(pythonLanguage))
    });
    expect(tags(view)).toHaveLength(4);
  });

  it('after random edits are those of a fresh editor', () => {
    let state = 7;
    const next = (below: number): number => {
      state = (state * 1664525 + 1013904223) % 2 ** 32;
      return Math.floor((state / 2 ** 32) * below);
    };
    const pieces = [
      '\n',
      '#',
      ' @learn:a.b',
      '# @viz:c\n',
      '"""',
      "'",
      'x',
      ''
    ];
    const { view } = editor(CODE);
    for (let n = 0; n < 150; n++) {
      const from = next(view.state.doc.length + 1);
      const to = Math.min(view.state.doc.length, from + next(12));
      insert(view, from, pieces[next(pieces.length)] ?? '', to);
      const fresh = parsedState(view.state.doc, []);
      const expected = tagsBetween(fresh, 0, fresh.doc.length);
      forceParsing(view, view.state.doc.length, 5000);
      const found = tagsBetween(view.state, 0, view.state.doc.length);
      expect(found).toEqual(expected);
    }
  });

  it('come in order', () => {
    const { view } = editor(CODE);
    expect(
      allTags(view.state).map(({ at }) => view.state.doc.lineAt(at).number)
    ).toEqual([2, 4, 5, 6]);
    expect(tagOnLine(view.state, 0)).toBeNull();
  });
});

describe('the gutter', () => {
  it('shows a glyph of its own for each kind, and what it names', () => {
    const { view } = editor(CODE);
    expect(markers(view)).toEqual([
      'learn ◆',
      'viz ▣',
      'malformed ⚠',
      'todo ?'
    ]);
    const names = [
      ...view.dom.querySelectorAll<HTMLElement>('.jp-NanochatLearn-marker')
    ].map(node => node.dataset.tags);
    expect(names).toEqual([
      'attention.rope',
      'rope_dials',
      '# @learn:attention.rope',
      'why_pairs'
    ]);
  });

  it('changes with the text', () => {
    const { view } = editor('# @learn:a.b\nx = 1');
    insert(view, 4, 'x');
    expect(markers(view)).toEqual(['malformed ⚠']);
    insert(view, 0, '', view.state.doc.line(1).to);
    expect(markers(view)).toEqual([]);
  });

  it('counts the tags that a fold hides on one row', () => {
    const { view } = editor(CODE, python(), codeFolding());
    view.dispatch({
      effects: foldEffect.of({
        from: view.state.doc.line(3).to,
        to: view.state.doc.line(5).to
      })
    });
    expect(markers(view)).toEqual(['learn ◆', 'malformed ⚠2', 'todo ?']);
  });
});

describe('Enter', () => {
  const press = (view: EditorView, place: number): boolean => {
    view.dispatch({ selection: { anchor: place } });
    const key = new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13 });
    return runScopeHandlers(view, key, 'editor');
  };

  it('opens the tag only strictly inside its text', () => {
    const doc = 'y = 2  # @learn:a.b\n';
    const { view, opened } = editor(doc);
    for (let place = 0; place <= doc.length; place++) {
      opened.length = 0;
      const inside = place > doc.indexOf('@') && place < doc.indexOf('\n');
      expect([place, press(view, place)]).toEqual([place, inside]);
      expect(opened).toHaveLength(inside ? 1 : 0);
    }
  });

  it('breaks the line of a mistyped tag, which opens nothing', () => {
    const { view, opened } = editor('# @lern:a.b x = 1');
    expect(press(view, 11)).toBe(false);
    expect(opened).toEqual([]);
  });

  it('keeps its own meaning with a selection, and while a completion is open', () => {
    const { view, opened } = editor('# @learn:a.b');
    view.dispatch({ selection: { anchor: 5, head: 7 } });
    const key = new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13 });
    expect(runScopeHandlers(view, key, 'editor')).toBe(false);
    document.body.classList.add('jp-mod-completer-active');
    expect(press(view, 5)).toBe(false);
    document.body.classList.remove('jp-mod-completer-active');
    expect(press(view, 5)).toBe(true);
    expect(opened).toEqual([{ kind: 'learn', target: 'a.b' }]);
  });
});
