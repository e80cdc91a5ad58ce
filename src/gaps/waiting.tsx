/** The panel without a report: one sentence, and what to do next. */
import * as React from 'react';

import type { KnowledgeGraph, Status } from '../api/types.gen';
import { CommandIds, type Loaded } from '../tokens';
import type { IServices } from './services';

interface IWaitingProps {
  readonly status: Loaded<Status>;
  readonly graph: Loaded<KnowledgeGraph>;
  readonly indexing: boolean;
  readonly services: IServices;
}

export function Waiting(props: IWaitingProps): JSX.Element {
  const { commands, session, trans } = props.services;
  const { status, graph } = props;
  const failed =
    status.kind === 'failed' ? status : graph.kind === 'failed' ? graph : null;
  if (failed !== null) {
    return (
      <div className="jp-NanochatLearn-state jp-mod-failed" role="alert">
        <p>{failed.sentence}</p>
        <p className="jp-NanochatLearn-quiet">{failed.hint}</p>
        <Offer
          label={trans.__('Try again')}
          click={() => void session.refresh()}
        />
      </div>
    );
  }
  if (props.indexing) {
    return <Sentence text={trans.__('Reading the code and the notes…')} />;
  }
  if (status.kind !== 'ready' || graph.kind === 'loading') {
    return <Sentence text={trans.__('Loading the gaps…')} />;
  }
  if (status.value.workspace === null) {
    return (
      <Sentence text={trans.__('This folder is not a workspace yet.')}>
        <Offer
          label={trans.__('Prepare a workspace here')}
          click={() =>
            void commands.execute(CommandIds.prepareWorkspace, {
              lessons: true
            })
          }
        />
      </Sentence>
    );
  }
  return (
    <Sentence
      text={trans.__(
        'Nobody has looked for gaps in “%1” yet.',
        status.value.workspace.name
      )}
    >
      <p className="jp-NanochatLearn-quiet">
        {trans.__(
          'Indexing reads the code and the notes, and finds what is missing between them.'
        )}
      </p>
      <Offer
        label={trans.__('Index this workspace')}
        click={() => void commands.execute(CommandIds.indexWorkspace)}
      />
    </Sentence>
  );
}

function Sentence({
  text,
  children
}: {
  text: string;
  children?: React.ReactNode;
}): JSX.Element {
  return (
    <div className="jp-NanochatLearn-state" role="status">
      <p>{text}</p>
      {children}
    </div>
  );
}

function Offer({
  label,
  click
}: {
  label: string;
  click: () => void;
}): JSX.Element {
  return (
    <button type="button" className="jp-NanochatLearn-do" onClick={click}>
      {label}
    </button>
  );
}
