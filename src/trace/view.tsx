/** The list of traces, the open one, or the sentence that stands instead. */
import * as React from 'react';

import { CommandIds } from '../tokens';
import { TraceRows } from './list';
import { Replay } from './replay';
import type { IServices } from './services';
import { TrainingView } from './training';

const EXAMPLE = `from nanochat_learn.kernel import TraceContext

with TraceContext(engine, lines=True) as trace:
    answer = list(engine.generate(tokens, max_tokens=8))`;

export function TraceView(services: IServices): JSX.Element {
  const { room, trans } = services;
  const { open, list } = room;
  const back = (
    <button
      type="button"
      className="jp-NanochatLearn-do"
      onClick={() => room.close()}
    >
      {trans.__('All traces')}
    </button>
  );
  if (open.kind === 'ready' && room.training !== null) {
    return (
      <div className="jp-NanochatLearn-traceBody">
        <div className="jp-NanochatLearn-traceHead">
          {back}
          <strong>{open.value.name}</strong>
        </div>
        <TrainingView {...services} training={room.training} />
      </div>
    );
  }
  if (open.kind === 'ready') {
    return <Replay {...services} trace={open.value} />;
  }
  if (open.kind === 'failed') {
    return (
      <Failed {...open} hint={open.hint}>
        {back}
      </Failed>
    );
  }
  if (open.kind === 'loading') {
    return <Sentence text={trans.__('Opening the trace…')} />;
  }
  if (list.kind === 'failed') {
    return (
      <Failed {...list}>
        <button
          type="button"
          className="jp-NanochatLearn-do"
          onClick={() => void room.refreshList()}
        >
          {trans.__('Try again')}
        </button>
      </Failed>
    );
  }
  if (list.kind !== 'ready') {
    return <Sentence text={trans.__('Looking for traces…')} />;
  }
  const { traces, unreadable } = list.value;
  if (traces.length + unreadable.length === 0) {
    return (
      <div className="jp-NanochatLearn-state">
        <p>
          <strong>{trans.__('There is no trace yet.')}</strong>
        </p>
        <p>
          {trans.__(
            'A trace records the numbers inside a model while it runs, so that you can replay them step by step. Run this in a notebook of this workspace:'
          )}
        </p>
        <pre className="jp-NanochatLearn-traceCode" tabIndex={0}>
          {EXAMPLE}
        </pre>
        <button
          type="button"
          className="jp-NanochatLearn-do"
          onClick={() => void room.refreshList()}
        >
          {trans.__('Look again')}
        </button>
      </div>
    );
  }
  return (
    <TraceRows
      traces={traces}
      unreadable={unreadable}
      open={name =>
        void services.commands.execute(CommandIds.openTrace, { name })
      }
      remove={name => room.remove(name)}
      refresh={() => void room.refreshList()}
      trans={trans}
    />
  );
}

function Sentence({ text }: { text: string }): JSX.Element {
  return (
    <div className="jp-NanochatLearn-state" role="status">
      <p>{text}</p>
    </div>
  );
}

function Failed(props: {
  sentence: string;
  hint: string;
  children: React.ReactNode;
}): JSX.Element {
  return (
    <div className="jp-NanochatLearn-state jp-mod-failed" role="alert">
      <p>{props.sentence}</p>
      <p className="jp-NanochatLearn-quiet">{props.hint}</p>
      {props.children}
    </div>
  );
}
