/**
 * The path panel as a widget: asks for nothing and loads nothing before it is first in view,
 * then follows what was learned. What it looks like is in `view.tsx`.
 */
import type { Message } from '@lumino/messaging';
import * as React from 'react';

import { Sentence } from '../parts/sentence';
import { SleepingPanel } from '../parts/sleeping-panel';
import { stageOf } from '../parts/stage';
import { Waiting } from '../parts/waiting';
import { CommandIds } from '../tokens';
import { pathIcon } from './icon';
import type { IServices } from './services';
import type { IPathViewProps } from './view';

export class PathPanel extends SleepingPanel {
  constructor(private readonly _services: IServices) {
    const { session, learned, trans } = _services;
    super(session, trans.__('Path'), 'jp-NanochatLearn-pathPanel');
    [session.status, session.indexing, learned.progress].forEach(field =>
      (field as typeof session.status).changed.connect(this.look, this)
    );
  }

  protected override render(): JSX.Element | null {
    const { session, learned, commands, trans } = this._services;
    const { status, graph, indexing } = session;
    const stage = stageOf(status.value, graph.value, null);
    const known = status.value.kind === 'ready';
    if (!known || stage.kind === 'no-workspace') {
      return stage.kind === 'ready' ? null : (
        <Waiting
          stage={stage}
          indexing={indexing.value !== null}
          words={{
            loading: trans.__('Loading the path…'),
            reading: trans.__('Reading the lessons and the notes…'),
            notIndexed: name => name,
            indexing: ''
          }}
          icon={pathIcon}
          services={this._services}
        />
      );
    }
    const progress = learned.progress.value;
    switch (progress.kind) {
      case 'nothing':
      case 'loading':
        return (
          <Sentence
            icon={pathIcon}
            busy={true}
            text={trans.__('Loading the path…')}
          />
        );
      case 'failed':
        return (
          <Sentence
            icon={pathIcon}
            alert={true}
            text={progress.sentence}
            hint={progress.hint}
            offers={[
              {
                label: trans.__('Try again'),
                click: () => void learned.look(true)
              }
            ]}
          />
        );
      case 'ready':
        if (progress.value.clusters.length === 0) {
          return (
            <Sentence
              icon={pathIcon}
              text={trans.__('There are no lessons in this workspace.')}
              hint={trans.__(
                'A workspace with lessons holds the whole course; yours stays as it is.'
              )}
              offers={[
                {
                  label: trans.__('Bring the lessons here'),
                  click: () =>
                    void commands.execute(CommandIds.prepareWorkspace, {
                      lessons: true
                    })
                }
              ]}
            />
          );
        }
        return this._view === null ? null : (
          <this._view
            {...this._services}
            progress={progress.value}
            takeFocus={this.takeFocus}
          />
        );
    }
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this.node.focus();
  }

  protected override wake(): void {
    super.wake();
    void this._services.learned.look(true);
    if (this._view === null) {
      void import('./view').then(({ PathView }) => {
        this._view = PathView;
        this.update();
      });
    }
    this.update();
  }

  private _view: ((props: IPathViewProps) => JSX.Element) | null = null;
}
