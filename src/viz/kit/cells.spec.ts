import { describe, expect, it, vi } from 'vitest';

import { cells, type ICell } from './cells';
import { plane } from './plane';

const pointing = () => ({ hover: vi.fn(), onto: vi.fn() });

/** A cross without a middle: nothing with a label at 2, 2. */
const CROSS: readonly ICell[] = [
  { row: 1, column: 2, text: 'up', label: 'up', focus: { row: 0 } },
  { row: 2, column: 1, text: 'left', label: 'left', chosen: true },
  { row: 2, column: 2, text: 'middle' },
  { row: 2, column: 5, text: 'right', label: 'right' },
  { row: 3, column: 2, text: 'down', label: 'down' }
];

function shown() {
  const to = pointing();
  const view = cells('cross', to);
  document.body.replaceChildren(view.node);
  view.show(CROSS);
  const press = (key: string): string => {
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true })
    );
    return document.activeElement?.textContent ?? '';
  };
  const box = (n: number): HTMLElement => view.node.children[n] as HTMLElement;
  return { ...view, to, press, box };
}

describe('cells', () => {
  it('walks straight on to the next box that can be reached, over what cannot', () => {
    const { press, box } = shown();
    box(1).focus();
    expect(press('ArrowRight')).toBe('right');
    expect(press('ArrowRight')).toBe('right'); // the end
    expect(press('ArrowLeft')).toBe('left');
    expect(press('ArrowUp')).toBe('left'); // nothing in its column
    box(0).focus();
    expect(press('ArrowDown')).toBe('down');
  });

  it('is one stop for Tab: the chosen box', () => {
    const { box } = shown();
    expect([0, 1, 3, 4].map(n => box(n).tabIndex)).toEqual([-1, 0, -1, -1]);
    expect(box(2).tagName).toBe('DIV');
  });

  it('tells what is pointed at, and that it was left', () => {
    const { to, box } = shown();
    box(0).focus();
    expect(to.onto).toHaveBeenLastCalledWith({ row: 0 });
    box(0).blur();
    expect(to.onto).toHaveBeenLastCalledWith(null);
  });

  it('keeps the box one is on while its number changes', () => {
    const { show, box } = shown();
    box(1).focus();
    show(CROSS.map(cell => ({ ...cell, text: '7' })));
    expect(document.activeElement).toBe(box(1));
    expect(box(1).textContent).toBe('7');
    show(CROSS.slice(1));
    expect(box(0).textContent).toBe('left');
  });
});

describe('plane', () => {
  it('knows where a point is, and where the mouse is, within its ends', () => {
    const field = plane(-2, 6);
    expect(field.percent([0, 0])).toEqual([25, 75]);
    field.node.getBoundingClientRect = () => new DOMRect(10, 20, 80, 80);
    const at = (clientX: number, clientY: number) =>
      field.under(new MouseEvent('pointermove', { clientX, clientY }));
    expect(at(30, 80)).toEqual([0, 0]);
    expect(at(500, -500)).toEqual([6, 6]);
  });
});
