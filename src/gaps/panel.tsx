/**
 * The gap panel as a widget: asks for nothing before it is first in view, then follows the
 * session's graph, which holds the report. What it looks like is in `view.tsx`.
 */
import type { Message } from '@lumino/messaging';
import * as React from 'react';

import type { KnowledgeGraph } from '../api/types.gen';
import { SleepingPanel } from '../parts/sleeping-panel';
import { stageOf } from '../parts/stage';
import { Waiting } from '../parts/waiting';
import { gapsIcon } from './icon';
import type { IServices } from './services';
import { GapsView } from './view';
import { waitingWords } from './words';

export class GapsPanel extends SleepingPanel {
  constructor(private readonly _services: IServices) {
    const { session, trans } = _services;
    super(session, trans.__('Gaps'), 'jp-NanochatLearn-gaps');
    const { graph, status, indexing } = session;
    [graph, status, indexing].forEach(field =>
      field.changed.connect(this.look, this)
    );
  }

  protected override render(): JSX.Element | null {
    const { session, commands, trans } = this._services;
    const stage = stageOf(
      session.status.value,
      session.graph.value,
      this._last
    );
    this._last = stage.kind === 'ready' ? stage.graph : null;
    return stage.kind !== 'ready' ? (
      <Waiting
        stage={stage}
        indexing={session.indexing.value !== null}
        words={waitingWords(trans)}
        icon={gapsIcon}
        services={this._services}
      />
    ) : (
      <GapsView
        graph={stage.graph}
        pointing={session.pointing}
        takeFocus={this.takeFocus}
        commands={commands}
        trans={trans}
      />
    );
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this.node.focus();
  }

  protected override wake(): void {
    super.wake();
    this.update();
  }

  /** What was shown stays while its successor is loading. */
  private _last: KnowledgeGraph | null = null;
}
