/**
 * A trace as the output of a notebook cell: its steps to play where the folder is still
 * there, else what the output itself says of it. Everything in it is text, never HTML.
 */
import type { IRenderMime } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';

import { TRACE_MIME } from '../api/types.gen';
import { CommandIds } from '../tokens';
import { HeadGrid } from './heads';
import { type IShown, outputOf } from './output-body';
import { Scrubber } from './scrubber';
import { LOOK } from './panel';
import type { IServices } from './services';
import { TokenStrip } from './strip';
import { TrainingView } from './training';

export class TraceOutputView
  extends ReactWidget
  implements IRenderMime.IRenderer
{
  /** `services.room` belongs to this output alone. */
  constructor(private readonly _services: IServices) {
    super();
    this.addClass('jp-NanochatLearn-trace');
    this.addClass('jp-NanochatLearn-traceOutput');
    _services.room.changed.connect(this._draw, this);
  }

  override dispose(): void {
    this._services.room.changed.disconnect(this._draw, this);
    window.clearInterval(this._timer);
    super.dispose();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    const { room } = this._services;
    this._timer = window.setInterval(() => {
      if (this.isVisible && room.open.kind === 'ready') {
        void room.look();
      }
    }, LOOK);
  }

  protected override onBeforeDetach(message: Message): void {
    window.clearInterval(this._timer);
    super.onBeforeDetach(message);
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this._shown = outputOf(model.data[TRACE_MIME]);
    this.update();
    if (this._shown?.here) {
      await this._services.room.show(this._shown.name);
    }
  }

  protected override render(): JSX.Element {
    const { trans } = this._services;
    return this._shown === null ? (
      <p role="alert">
        {trans.__('This output is no trace that this version can read.')}
      </p>
    ) : (
      <Output {...this._services} shown={this._shown} />
    );
  }

  private _draw(): void {
    this.update();
  }

  private _shown: IShown | null = null;
  private _timer = 0;
}

function Output(props: IServices & { shown: IShown }): JSX.Element {
  const { room, commands, trans, shown } = props;
  const { open } = room;
  const openPanel = (): void =>
    void commands.execute(CommandIds.openTrace, {
      name: shown.name,
      step: room.choice.step
    });
  return (
    <section
      className="jp-NanochatLearn-traceBody"
      aria-label={trans.__('Trace %1', shown.name)}
    >
      <div className="jp-NanochatLearn-traceHead">
        <strong>{trans.__('Trace %1', shown.name)}</strong>
        {room.training === null && (
          <span className="jp-NanochatLearn-quiet">{about(shown, trans)}</span>
        )}
        {shown.here && open.kind !== 'failed' && (
          <button
            type="button"
            className="jp-NanochatLearn-do"
            onClick={openPanel}
          >
            {trans.__('Open in the trace panel')}
          </button>
        )}
      </div>
      {room.training !== null ? (
        <TrainingView {...props} training={room.training} />
      ) : open.kind === 'ready' && open.value.steps.length > 0 ? (
        <>
          <Scrubber {...props} trace={open.value} />
          <TokenStrip {...props} trace={open.value} />
          <HeadGrid {...props} trace={open.value} />
        </>
      ) : (
        shown.text !== '' && (
          <p className="jp-NanochatLearn-traceText">{shown.text}</p>
        )
      )}
      {open.kind === 'failed' && (
        <p role="status">
          {open.sentence} {open.hint}
        </p>
      )}
      {!shown.here && (
        <p className="jp-NanochatLearn-quiet">
          {trans.__(
            'Its folder lies outside the traces of this workspace, so it cannot be replayed here.'
          )}
        </p>
      )}
    </section>
  );
}

function about(shown: IShown, trans: TranslationBundle): string {
  return [
    shown.model,
    trans._n('%1 step', '%1 steps', shown.steps),
    ...shown.phases.map(([phase, count]) => `${phase}: ${count}`)
  ].join(' · ');
}
