/**
 * The graph panel as a widget: asks for nothing and loads nothing before it is first in
 * view. Its content (`view.tsx`) comes in a chunk of its own.
 */
import type { Message } from '@lumino/messaging';
import * as React from 'react';

import type { NodeId } from '../api/types.gen';
import { SleepingPanel } from '../parts/sleeping-panel';
import { Caught } from './parts/caught';
import type { IServices, Wish } from './services';
import type { GraphPanelView } from './view';

type Content =
  | { readonly kind: 'asleep' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly View: typeof GraphPanelView }
  | { readonly kind: 'failed'; readonly thrown: unknown };

export class GraphPanel extends SleepingPanel {
  constructor(private readonly _services: IServices) {
    const { session, trans } = _services;
    super(session, trans.__('Graph'), 'jp-NanochatLearn-graph');
  }

  /** Select a node and bring its neighbourhood into view. */
  reveal(id: NodeId): void {
    this._services.session.selection.set(id);
    this.ask({ kind: 'nearby' });
  }

  /** Done as soon as there is a map to do it with. */
  ask(wish: Wish): void {
    this._asked = wish;
    this.update();
  }

  protected override render(): JSX.Element {
    const { trans } = this._services;
    switch (this._content.kind) {
      case 'asleep':
      case 'loading':
        return (
          <p className="jp-NanochatLearn-state">
            {trans.__('Loading the graph…')}
          </p>
        );
      case 'failed':
        return <Caught thrown={this._content.thrown} trans={trans} />;
      case 'ready': {
        const { View } = this._content;
        return <View services={this._services} asked={this._asked} />;
      }
    }
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    const target = this.node.querySelector<HTMLElement>(
      '.jp-NanochatLearn-map:not([hidden]) [tabindex="0"], [role="tree"] [tabindex="0"], button'
    );
    (target ?? this.node).focus();
  }

  /** Load the content, once. */
  protected override wake(): void {
    super.wake();
    if (this._content.kind !== 'asleep') {
      return;
    }
    this._content = { kind: 'loading' };
    void import('./view').then(
      ({ GraphPanelView }) =>
        this._turn({ kind: 'ready', View: GraphPanelView }),
      (thrown: unknown) => this._turn({ kind: 'failed', thrown })
    );
  }

  private _turn(content: Content): void {
    if (!this.isDisposed) {
      this._content = content;
      this.update();
    }
  }

  private _content: Content = { kind: 'asleep' };
  private _asked: Wish | null = null;
}
