/**
 * The trace panel as a widget: asks for nothing before it is first in view, and looks after
 * live traces while it is. What it looks like is in `view.tsx`.
 */
import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import * as React from 'react';

import type { IServices } from './services';
import { TraceView } from './view';

/** How often a live trace is looked after, in milliseconds. */
export const LOOK = 1000;

export class TracePanel extends ReactWidget {
  constructor(private readonly _services: IServices) {
    super();
    this.addClass('jp-NanochatLearn-panel');
    this.addClass('jp-NanochatLearn-trace');
    this.node.tabIndex = -1;
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', _services.trans.__('Traces'));
    _services.room.changed.connect(this._draw, this);
  }

  override dispose(): void {
    this._services.room.changed.disconnect(this._draw, this);
    this._sleep();
    super.dispose();
  }

  protected override render(): JSX.Element {
    return <TraceView {...this._services} />;
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this._wake();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    if (this.isVisible) {
      this._wake();
    }
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this._sleep();
  }

  protected override onBeforeDetach(message: Message): void {
    this._sleep();
    super.onBeforeDetach(message);
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this.node.focus();
    this._wake();
  }

  private _wake(): void {
    const { room } = this._services;
    if (this._timer === 0) {
      this._timer = window.setInterval(() => void room.look(), LOOK);
    }
    if (room.open.kind === 'nothing') {
      void room.refreshList();
    }
    this.update();
  }

  private _sleep(): void {
    window.clearInterval(this._timer);
    this._timer = 0;
  }

  private _draw(): void {
    if (this.isVisible) {
      this.update();
    }
  }

  private _timer = 0;
}
