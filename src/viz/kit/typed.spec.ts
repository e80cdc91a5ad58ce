import { describe, expect, it } from 'vitest';

import { onKey } from './dom';
import type { IPointing } from './focus';
import type { IModel } from './host';
import { textField } from './textfield';
import { type ITile, tiles } from './tiles';

const model = { get: () => undefined } as unknown as IModel;
const nowhere: IPointing = { hover() {}, onto() {} };

function typeInto(input: HTMLInputElement, text: string): void {
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

describe('textField', () => {
  const heard: string[] = [];
  const { node, show } = textField(model, 'Text', ['a\nb'], text => {
    heard.push(text);
    return text === '' ? 'Write something.' : undefined;
  });
  const input = node.querySelector('input') as HTMLInputElement;
  const wrong = node.querySelector('[role=alert]') as HTMLElement;

  it('hands on what is typed, and says what is wrong with it', () => {
    typeInto(input, 'hug');
    expect([heard.at(-1), wrong.textContent]).toEqual(['hug', '']);
    typeInto(input, '');
    expect([heard.at(-1), wrong.textContent]).toEqual(['', 'Write something.']);
  });

  it('lets half a character get no further', () => {
    typeInto(input, 'x\ud83d');
    expect(heard.at(-1)).toBe('');
    expect(wrong.textContent).toMatch(/half a character/);
    typeInto(input, 'x🙂');
    expect([heard.at(-1), wrong.textContent]).toEqual(['x🙂', '']);
  });

  it('offers texts, and shows another one', () => {
    node.querySelector('button')?.click();
    expect(heard.at(-1)).toBe('a\nb');
    show('mug');
    expect(input.value).toBe('mug');
  });
});

describe('onKey', () => {
  it('leaves letters to whoever types', () => {
    const pressed: string[] = [];
    const root = document.createElement('div');
    root.innerHTML = '<input type="text"><input type="range"><textarea>';
    onKey(root, 'n', () => pressed.push('n'));
    for (const part of root.children) {
      part.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'n', bubbles: true })
      );
    }
    expect(pressed).toEqual(['n']); // the slider's
  });
});

describe('tiles', () => {
  const chosen: number[] = [];
  const row = tiles(
    'Pieces',
    index => chosen.push(index),
    nowhere,
    token => ({ token })
  );
  document.body.append(row.node);
  const list = (text: string): ITile[] =>
    [...text].map(one => ({ text: one, label: one }));
  const shown = (): string => row.node.textContent ?? '';

  it('shows as many as there are, and keeps one in the tab order', () => {
    row.show(list('hugs'), 1);
    expect(shown()).toBe('hugs');
    row.show(list('bu'), 7);
    expect(shown()).toBe('bu');
    const stops = [...row.node.children].map(
      tile => (tile as HTMLElement).tabIndex
    );
    expect(stops).toEqual([-1, 0]);
    row.show(list('bugs'), 0);
    expect(shown()).toBe('bugs');
  });

  it('walks round and round', () => {
    const last = row.node.lastElementChild as HTMLElement;
    last.focus();
    last.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
    expect(chosen.at(-1)).toBe(0);
    expect(document.activeElement).toBe(row.node.firstElementChild);
  });
});
