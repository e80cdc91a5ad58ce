/**
 * The trace panel as a widget: asks for nothing before it is first in view, and looks after
 * live traces while it is. What it looks like is in `view.tsx`.
 */
import type { Message } from '@lumino/messaging';
import * as React from 'react';

import { SleepingPanel } from '../parts/sleeping-panel';
import type { IServices } from './services';
import { TraceView } from './view';

/** How often a live trace is looked after, in milliseconds. */
export const LOOK = 1000;

export class TracePanel extends SleepingPanel {
  constructor(private readonly _services: IServices) {
    const { session, room, trans } = _services;
    super(session, trans.__('Traces'), 'jp-NanochatLearn-trace');
    room.changed.connect(this.look, this);
  }

  protected override render(): JSX.Element {
    return <TraceView {...this._services} />;
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this.node.focus();
  }

  protected override wake(): void {
    super.wake();
    const { room } = this._services;
    if (this._timer === 0) {
      this._timer = window.setInterval(() => void room.look(), LOOK);
    }
    if (room.open.kind === 'nothing') {
      void room.refreshList();
    }
    this.update();
  }

  protected override sleep(): void {
    window.clearInterval(this._timer);
    this._timer = 0;
  }

  private _timer = 0;
}
