/**
 * The tutor panel as a widget: asks for nothing before it is first in view, then loads the
 * room, which holds everything else. Without a workspace it says what to do.
 */
import type { Message } from '@lumino/messaging';
import * as React from 'react';

import type { KnowledgeGraph } from '../api/types.gen';
import { Sentence } from '../parts/sentence';
import { SleepingPanel } from '../parts/sleeping-panel';
import { stageOf } from '../parts/stage';
import { Waiting } from '../parts/waiting';
import { askIcon } from '../parts/ask-icon';
import type { IServices } from './services';
import { waitingWords } from './words';

/** The room, once it is loaded. */
export interface ILoadedRoom {
  view(): JSX.Element;
  /** Show the conversation that was in view in this workspace. */
  enter(prefix: string): void;
  focus(): void;
  /** Write into the box, in place of what stands there. */
  write(question: string): void;
}

interface IPanelOptions extends IServices {
  /** Rejects where the browser cannot load it. */
  readonly load: () => Promise<ILoadedRoom>;
}

export class TutorPanel extends SleepingPanel {
  constructor(private readonly _options: IPanelOptions) {
    const { session, trans } = _options;
    super(session, trans.__('Ask the code'), 'jp-NanochatLearn-tutor');
    const { graph, status, indexing } = session;
    [graph, status, indexing].forEach(field =>
      field.changed.connect(this._look, this)
    );
  }

  /** Write `question` into the box as soon as there is one. */
  write(question: string): void {
    this._due = question;
    this._settle();
  }

  protected override render(): JSX.Element | null {
    const { session, trans } = this._options;
    const stage = stageOf(
      session.status.value,
      session.graph.value,
      this._last
    );
    this._last = stage.kind === 'ready' ? stage.graph : null;
    if (stage.kind !== 'ready') {
      return (
        <Waiting
          stage={stage}
          indexing={session.indexing.value !== null}
          words={waitingWords(trans)}
          icon={askIcon}
          services={this._options}
        />
      );
    }
    if (this._failed) {
      return (
        <Sentence
          alert={true}
          icon={askIcon}
          text={trans.__('The browser could not load the tutor panel.')}
          hint={trans.__(
            'Check that the Jupyter server is running, then try again.'
          )}
          offers={[{ label: trans.__('Try again'), click: () => this._load() }]}
        />
      );
    }
    if (this._room === null) {
      this._load();
      return (
        <Sentence
          busy={true}
          icon={askIcon}
          text={trans.__('Loading the tutor…')}
        />
      );
    }
    this._room.enter(stage.prefix);
    return this._room.view();
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this._focusDue = true;
    this.node.focus();
    this._settle();
  }

  protected override wake(): void {
    super.wake();
    this.update();
  }

  private _look(): void {
    if (this.isVisible) {
      this.update();
    }
  }

  private _load(): void {
    this._failed = false;
    this._loading ??= this._options
      .load()
      .then(room => {
        this._room = room;
      })
      .catch((thrown: unknown) => {
        console.error('Tutor panel:', thrown);
        this._failed = true;
      })
      .finally(() => {
        this._loading = null;
        this._settle();
        this.update();
      });
  }

  private _settle(): void {
    if (this._room === null) {
      return;
    }
    if (this._due !== null) {
      this._room.write(this._due);
      this._due = null;
    }
    if (this._focusDue) {
      this._focusDue = false;
      this._room.focus();
    }
  }

  private _room: ILoadedRoom | null = null;
  private _loading: Promise<void> | null = null;
  private _failed = false;
  private _due: string | null = null;
  private _focusDue = false;
  /** What was shown stays while its successor is loading. */
  private _last: KnowledgeGraph | null = null;
}
