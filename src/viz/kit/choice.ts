/** One of a few: a row of native radio buttons. */
import { element } from './dom';

export interface IChoice {
  readonly node: HTMLElement;
  show(chosen: number): void;
}

export function choice(
  name: string,
  labels: readonly string[],
  pick: (chosen: number) => void
): IChoice {
  const radios = labels.map((_, n) => {
    const radio = element('input', {
      type: 'radio',
      name: 'choice',
      'data-key': n < labels.length - 1 ? 'ArrowRight' : 'ArrowLeft'
    });
    radio.addEventListener('change', () => pick(n));
    return radio;
  });
  // a form of its own: radio buttons of equal name in one form would be one group
  const node = element(
    'form',
    {},
    element(
      'div',
      { class: 'nl-choice', role: 'radiogroup', 'aria-label': name },
      ...radios.map((radio, n) =>
        element('label', {}, radio, labels[n] as string)
      )
    )
  );
  node.addEventListener('submit', event => event.preventDefault());
  return {
    node,
    show(chosen) {
      radios.forEach((radio, n) => {
        radio.checked = n === chosen;
      });
    }
  };
}
