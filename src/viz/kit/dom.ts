/** Small makers of elements. Every listener sits on an element that leaves with the picture. */

type Child = Node | string | null;

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) =>
    node.setAttribute(name, value)
  );
  node.append(...children.filter(child => child !== null));
  return node;
}

export function svg(
  tag: string,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: Node[]
): SVGElement {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  Object.entries(attributes).forEach(([name, value]) =>
    node.setAttribute(name, String(value))
  );
  node.append(...children);
  return node;
}

export function button(label: string, click: () => void): HTMLButtonElement {
  const node = element('button', { type: 'button' }, label);
  node.addEventListener('click', click);
  return node;
}

/** A letter key, by itself, anywhere in the picture. */
export function onKey(root: HTMLElement, key: string, act: () => void): void {
  root.addEventListener('keydown', event => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === key && plain) {
      act();
    }
  });
}

/** A native checkbox with its words beside it. */
export function checkbox(
  label: string,
  set: (checked: boolean) => void
): { node: HTMLElement; box: HTMLInputElement } {
  const box = element('input', { type: 'checkbox' });
  box.addEventListener('change', () => set(box.checked));
  return { node: element('label', { class: 'nl-check' }, box, label), box };
}

export interface ISlider {
  readonly node: HTMLElement;
  /** `text` where the bare number would not do. */
  show(value: number, text?: string): void;
  /** Another end of the range. */
  limit(most: number): void;
}

/** A native range with its name above and its number beside. */
export function slider(
  param: { min: number; max: number; step: number },
  label: string,
  move: (value: number) => void
): ISlider {
  const range = element('input', {
    type: 'range',
    min: String(param.min),
    max: String(param.max),
    step: String(param.step),
    'data-key': 'ArrowRight'
  });
  const readout = element('output');
  range.addEventListener('input', () => move(Number(range.value)));
  return {
    node: element(
      'label',
      { class: 'nl-slider' },
      element('span', {}, label),
      range,
      readout
    ),
    show(value, text) {
      range.value = String(value);
      readout.textContent = text ?? String(value);
      if (text !== undefined) {
        range.setAttribute('aria-valuetext', text);
      }
    },
    limit(most) {
      range.max = String(most);
    }
  };
}
