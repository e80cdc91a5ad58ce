/** The toolbar of the panel: the way back and on, the map, and the depth of the notes. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { IField } from '../tokens';
import { button, element } from '../markdown/dom';

export interface IToolActions {
  back(): void;
  forward(): void;
  showOnMap(): void;
  ask(): void;
}

/** What can be done now. */
export interface IPossible {
  readonly back: boolean;
  readonly forward: boolean;
  /** A concept is in view: it can be shown on the map, and asked about. */
  readonly concept: boolean;
}

export class Tools {
  constructor(
    actions: IToolActions,
    private readonly _open: IField<boolean>,
    private readonly _trans: TranslationBundle
  ) {
    this._back = tool('←', _trans.__('Back'), actions.back);
    this._forward = tool('→', _trans.__('Forward'), actions.forward);
    this._map = tool('◎', _trans.__('Show on the map'), actions.showOnMap);
    this._ask = tool('?', _trans.__('Ask about this concept'), actions.ask);
    this._depth = button({
      class: 'jp-NanochatLearn-depth',
      title: _trans.__(
        'The full mathematics of every note: folded away, or open'
      ),
      click: () => _open.set(!_open.value)
    });
    this.node = element(
      'div',
      {
        class: 'jp-NanochatLearn-tools',
        attributes: { role: 'toolbar', 'aria-label': _trans.__('Concept') }
      },
      this._back,
      this._forward,
      this._map,
      this._ask,
      this._depth
    );
    _open.changed.connect(this._say, this);
    this._say();
  }

  readonly node: HTMLElement;

  set(possible: IPossible): void {
    this._back.disabled = !possible.back;
    this._forward.disabled = !possible.forward;
    this._map.disabled = !possible.concept;
    this._ask.disabled = !possible.concept;
  }

  dispose(): void {
    this._open.changed.disconnect(this._say, this);
  }

  private _say(): void {
    const open = this._open.value;
    // The words tell the state; a screen reader must not hear it twice.
    this._depth.textContent = open
      ? this._trans.__('Mathematics: open')
      : this._trans.__('Mathematics: folded');
    this._depth.classList.toggle('jp-mod-open', open);
  }

  private readonly _back: HTMLButtonElement;
  private readonly _forward: HTMLButtonElement;
  private readonly _map: HTMLButtonElement;
  private readonly _ask: HTMLButtonElement;
  private readonly _depth: HTMLButtonElement;
}

function tool(
  glyph: string,
  name: string,
  click: () => void
): HTMLButtonElement {
  const attributes = { 'aria-label': name };
  return button({ title: name, click, attributes }, glyph);
}
