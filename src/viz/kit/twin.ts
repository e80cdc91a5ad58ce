/** The two other ways to read a picture: as a table, and by ear. */
import { element } from './dom';
import type { IModel } from './host';
import { words } from './strings';

type Rows = ReadonlyArray<readonly string[]>;

const STRINGS = { table: 'Show as table' } as const;

export interface ITwin {
  readonly node: HTMLElement;
  /** The first cell of each row names the row. Rows are made while somebody looks. */
  show(head: readonly string[], rows: () => Rows): void;
}

export function twin(model: IModel): ITwin {
  const label = words(STRINGS, model)('table');
  // it may scroll sideways, so a keyboard must reach it
  const table = element('table', { tabindex: '0', 'aria-label': label });
  const node = element('details', {}, element('summary', {}, label), table);
  let make = (): HTMLElement[] => [];
  const draw = (): void => table.replaceChildren(...(node.open ? make() : []));
  node.addEventListener('toggle', draw);
  return {
    node,
    show(head, rows) {
      make = () => [
        element(
          'tr',
          {},
          ...head.map(text => element('th', { scope: 'col' }, text))
        ),
        ...rows().map(([name = '', ...cells]) =>
          element(
            'tr',
            {},
            element('th', { scope: 'row' }, name),
            ...cells.map(text => element('td', {}, text))
          )
        )
      ];
      draw();
    }
  };
}

/** What a screen reader says after each change. One in each picture. */
export function liveText(): HTMLElement {
  return element('p', { class: 'nl-live', role: 'status' });
}
