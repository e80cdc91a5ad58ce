import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { keepFormulasIn, WIDE } from './formulas';

/** jsdom lays nothing out: the paragraph and the formulas say how wide they are. */
let room = 200;
let resized: () => void = () => undefined;
let ended = false;

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(told: () => void) {
        resized = told;
      }
      observe = (): void => resized();
      disconnect = (): void => void (ended = true);
    }
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
  ended = false;
});

function noteWith(...widths: number[]): HTMLElement {
  const note = document.createElement('div');
  const block = note.appendChild(document.createElement('p'));
  Object.defineProperty(block, 'clientWidth', { get: () => room });
  for (const width of widths) {
    const formula = block.appendChild(document.createElement('mjx-container'));
    const inner = formula.appendChild(document.createElement('mjx-math'));
    inner.getBoundingClientRect = () => ({ width }) as DOMRect;
  }
  document.body.append(note);
  return note;
}

const stops = (note: HTMLElement): Array<string | null> =>
  [...note.querySelectorAll('mjx-container')].map(formula => {
    expect(formula.classList.contains(WIDE)).toBe(
      formula.hasAttribute('tabindex')
    );
    return formula.getAttribute('tabindex');
  });

it('gives a box and a stop for Tab to what is too wide, as long as it is', () => {
  room = 200;
  const note = noteWith(120, 240, 0);
  const leaving = new AbortController();
  keepFormulasIn(note, leaving.signal);
  expect(stops(note)).toEqual([null, '0', null]);
  room = 300;
  resized();
  expect(stops(note)).toEqual([null, null, null]);
  room = 100;
  resized();
  expect(stops(note)).toEqual(['0', '0', null]);
  leaving.abort();
  expect(ended).toBe(true);
});
