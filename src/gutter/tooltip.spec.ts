import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { closeEditors, editorOf } from './sample';
import {
  hoverMarker,
  type ITooltipWords,
  showAt,
  tagTooltips
} from './tooltip';
import type { Tag } from './tags';

beforeEach(() => void vi.useFakeTimers());

Range.prototype.getClientRects = () => [] as unknown as DOMRectList;

afterEach(() => {
  closeEditors();
  vi.useRealTimers();
});

const ROPE: Tag = { kind: 'learn', target: 'rope' };
const DIALS: Tag = { kind: 'viz', target: 'dials' };

const asked: Tag[] = [];
const words: ITooltipWords = {
  explain: tags =>
    Promise.resolve(
      tags.map(tag => ({
        kind: tag.kind,
        title: tag.kind === 'malformed' ? '' : tag.target,
        state: 'state',
        sentence: 'It turns.'
      }))
    ),
  next: (_, way) => `by ${way}`,
  asking: tags =>
    tags.includes(DIALS)
      ? null
      : { label: 'Ask', ask: () => void asked.push(...tags) }
};

function setUp() {
  const view = editorOf('# @learn:rope\nx = 1\n', tagTooltips(words));
  const shown = (): string[] =>
    [...document.querySelectorAll('.jp-NanochatLearn-tooltip')].map(
      node => node.textContent ?? ''
    );
  return { view, shown };
}

const rest = (time: number): Promise<unknown> =>
  vi.advanceTimersByTimeAsync(time);

describe('the tooltip of a marker', () => {
  it('shows all tags of its row after a rest, and goes when the pointer goes', async () => {
    const { view, shown } = setUp();
    hoverMarker(view, 0, [ROPE, DIALS]);
    await rest(200);
    expect(shown()).toEqual([]);
    await rest(200);
    expect(shown()).toEqual([
      '◆ropestateIt turns.▣dialsstateIt turns.by marker'
    ]);
    hoverMarker(view, 0, null);
    await rest(500);
    expect(shown()).toEqual([]);
  });

  it('never shows when the pointer only passes', async () => {
    const { view, shown } = setUp();
    hoverMarker(view, 0, [ROPE]);
    await rest(100);
    hoverMarker(view, 0, null);
    await rest(2000);
    expect(shown()).toEqual([]);
    hoverMarker(view, 0, [ROPE]);
    await rest(500);
    expect(shown()).toHaveLength(1);
  });

  it('lets the pointer in', async () => {
    const { view, shown } = setUp();
    hoverMarker(view, 0, [ROPE]);
    await rest(500);
    hoverMarker(view, 0, null);
    const dom = document.querySelector('.jp-NanochatLearn-tooltip');
    dom?.dispatchEvent(new MouseEvent('mouseenter'));
    await rest(1000);
    expect(shown()).toHaveLength(1);
    dom?.dispatchEvent(new MouseEvent('mouseleave'));
    await rest(1000);
    expect(shown()).toEqual([]);
  });

  it('asks about its tags, and leaves the focus where it is', async () => {
    const { view } = setUp();
    view.focus();
    const focused = document.activeElement;
    hoverMarker(view, 0, [ROPE]);
    await rest(500);
    const button = document.querySelector<HTMLElement>(
      '.jp-NanochatLearn-tooltip button'
    );
    const press = new MouseEvent('mousedown', { cancelable: true });
    button?.dispatchEvent(press);
    expect(press.defaultPrevented).toBe(true);
    button?.click();
    expect(asked).toEqual([ROPE]);
    expect(document.activeElement).toBe(focused);
  });

  it('closes on Escape, which goes no further', async () => {
    const { view, shown } = setUp();
    hoverMarker(view, 0, [ROPE]);
    await rest(500);
    const heard = vi.fn();
    document.addEventListener('keydown', heard);
    const press = (): boolean =>
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })
      );
    press();
    expect(shown()).toEqual([]);
    expect(heard).not.toHaveBeenCalled();
    press(); // without a tooltip the key keeps its meaning
    expect(heard).toHaveBeenCalledTimes(1);
    document.removeEventListener('keydown', heard);
  });
});

describe('the tooltip at the cursor', () => {
  it('is read to screen readers, and goes with the next key or edit', async () => {
    const { view, shown } = setUp();
    await showAt(view, 0, [ROPE], words);
    expect(shown()).toEqual(['◆ropestateIt turns.by keysAsk']);
    await rest(100);
    expect(view.dom.querySelector('.cm-announced')?.textContent).toContain(
      'rope. state. It turns. by keys'
    );
    view.dispatch({ selection: { anchor: 3 } });
    expect(shown()).toEqual([]);
    await showAt(view, 0, [ROPE], words);
    view.dispatch({ changes: { from: 0, insert: 'x' } });
    expect(shown()).toEqual([]);
  });
});
