/** DOM elements in one expression. Text is always text: nothing here parses HTML. */

type Child = Node | string | null;

interface IProps {
  readonly class?: string;
  readonly title?: string;
  readonly click?: () => void;
  /** Any further attributes, written as they are. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** `element('p', { class: 'x' }, 'text')`; null children are left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: IProps = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (props.class !== undefined) {
    node.className = props.class;
  }
  if (props.title !== undefined) {
    node.title = props.title;
  }
  if (props.click !== undefined) {
    node.addEventListener('click', props.click);
  }
  for (const [name, value] of Object.entries(props.attributes ?? {})) {
    node.setAttribute(name, value);
  }
  node.append(...children.filter(child => child !== null));
  return node;
}

/** A real button: Enter and Space come with it. */
export function button(
  props: IProps,
  ...children: readonly Child[]
): HTMLButtonElement {
  const node = element('button', props, ...children);
  node.type = 'button';
  return node;
}
