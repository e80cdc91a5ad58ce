/**
 * The gap panel as a widget: asks for nothing before it is first in view, then follows the
 * session's graph, which holds the report. What it looks like is in `view.tsx`.
 */
import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { Signal } from '@lumino/signaling';
import * as React from 'react';

import type { KnowledgeGraph } from '../api/types.gen';
import type { IServices } from './services';
import { GapsView } from './view';
import { Waiting } from './waiting';

export class GapsPanel extends ReactWidget {
  constructor(private readonly _services: IServices) {
    super();
    this.addClass('jp-NanochatLearn-gaps');
    this.node.tabIndex = -1;
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', _services.trans.__('Gaps'));
    const { graph, status, indexing } = _services.session;
    [graph, status, indexing].forEach(field =>
      field.changed.connect(this._look, this)
    );
  }

  override dispose(): void {
    Signal.clearData(this);
    super.dispose();
  }

  protected override render(): JSX.Element | null {
    const { session, commands, trans } = this._services;
    const graph = session.graph.value;
    if (graph.kind === 'ready') {
      this._last = graph.value;
    } else if (graph.kind !== 'loading') {
      this._last = null;
    }
    return this._last === null ? (
      <Waiting
        status={session.status.value}
        graph={graph}
        indexing={session.indexing.value !== null}
        services={this._services}
      />
    ) : (
      <GapsView
        graph={this._last}
        pointing={session.pointing}
        takeFocus={this._takeFocus}
        commands={commands}
        trans={trans}
      />
    );
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

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this._focusDue = true;
    this.node.focus();
    this._wake();
  }

  private _wake(): void {
    const { session } = this._services;
    if (session.status.value.kind === 'nothing') {
      void session.refresh();
    }
    this.update();
  }

  private _look(): void {
    if (this.isVisible) {
      this.update();
    }
  }

  /** Asked by the list as soon as it stands; once for each time somebody came on purpose. */
  private readonly _takeFocus = (): boolean => {
    const due = this._focusDue && this.node.contains(document.activeElement);
    this._focusDue = false;
    return due;
  };

  private _focusDue = false;
  /** What was shown stays while its successor is loading. */
  private _last: KnowledgeGraph | null = null;
}
