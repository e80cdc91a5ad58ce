/**
 * A side panel that asks for nothing and draws nothing before it is first in view: most
 * JupyterLab sessions never open all of them.
 */
import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { Signal } from '@lumino/signaling';

import type { ISession } from '../tokens';

/** Whoever connects a signal with the panel as `this` need not disconnect it. */
export abstract class SleepingPanel extends ReactWidget {
  /** `name` is read to screen readers; `className` is the panel's own, for its styles. */
  constructor(
    private readonly _session: ISession,
    name: string,
    className: string
  ) {
    super();
    this.addClass('jp-NanochatLearn-panel');
    this.addClass(className);
    this.node.tabIndex = -1;
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', name);
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this.sleep();
    }
    Signal.clearData(this);
    super.dispose();
  }

  /** The panel has come into view, for the first time or again. */
  protected wake(): void {
    if (!this._seen && this._session.status.value.kind === 'nothing') {
      void this._session.refresh();
    }
    this._seen = true;
  }

  /** The panel is out of view or gone: what it does now and then has to end. */
  protected sleep(): void {
    // most do nothing that has to end
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.wake();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    if (this.isVisible) {
      this.wake();
    }
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this.sleep();
  }

  protected override onBeforeDetach(message: Message): void {
    this.sleep();
    super.onBeforeDetach(message);
  }

  /** Somebody came on purpose, perhaps before the panel was laid out. */
  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this.wake();
    this._onPurpose = true;
  }

  /** Draw anew, where somebody sees it. */
  protected look(): void {
    if (this.isVisible) {
      this.update();
    }
  }

  /** Asked by what is drawn as soon as it stands; once for each time somebody came on purpose. */
  protected readonly takeFocus = (): boolean => {
    const due = this._onPurpose && this.node.contains(document.activeElement);
    this._onPurpose = false;
    return due;
  };

  private _seen = false;
  private _onPurpose = false;
}
