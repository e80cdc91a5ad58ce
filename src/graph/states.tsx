/** The panel without a map: one sentence and what to do next, for each reason. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { CommandIds, type IIndexRun } from '../tokens';
import type { IServices } from './services';
import type { Stage } from './stage';

/** Every stage but `ready`. */
type Waiting = Exclude<Stage, { kind: 'ready' }>;

export function StateView({
  stage,
  indexing,
  services: { commands, session, trans }
}: {
  stage: Waiting;
  indexing: boolean;
  services: IServices;
}): JSX.Element | null {
  const run = (command: string, args = {}): void =>
    void commands.execute(command, args);
  const index = (label: string): Offer => ({
    label,
    click: () => run(CommandIds.indexWorkspace)
  });
  switch (stage.kind) {
    case 'loading':
      return indexing ? null : (
        <Sentence text={trans.__('Loading the graph…')} offers={[]} />
      );
    case 'no-workspace':
      return (
        <Sentence
          text={trans.__('This folder is not a workspace yet.')}
          hint={trans.__(
            'A workspace holds the lessons, the model and your work. You can also map the Python code of this folder alone.'
          )}
          offers={[
            {
              label: trans.__('Prepare a workspace here'),
              click: () => run(CommandIds.prepareWorkspace, { lessons: true })
            },
            {
              label: trans.__('Index this folder'),
              click: () => run(CommandIds.prepareWorkspace, { lessons: false })
            }
          ]}
        />
      );
    case 'not-indexed':
      return indexing ? null : (
        <Sentence
          text={trans.__('There is no map of “%1” yet.', stage.name)}
          hint={trans.__(
            'Indexing reads the code and the notes and finds how they hang together.'
          )}
          offers={[index(trans.__('Index this workspace'))]}
        />
      );
    case 'empty':
      return indexing ? null : (
        <Sentence
          text={trans.__(
            'No Python code and no notes were found in “%1”.',
            stage.name
          )}
          hint={trans.__('Add a .py file or a notebook, then index again.')}
          offers={[index(trans.__('Index again'))]}
        />
      );
    case 'failed':
      return (
        <Sentence
          alert={true}
          text={stage.sentence}
          hint={stage.hint}
          offers={[
            {
              label: trans.__('Try again'),
              click: () => void session.refresh()
            }
          ]}
        />
      );
  }
}

interface Offer {
  readonly label: string;
  readonly click: () => void;
}

function Sentence({
  text,
  hint = '',
  offers,
  alert = false
}: {
  text: string;
  hint?: string;
  offers: readonly Offer[];
  alert?: boolean;
}): JSX.Element {
  return (
    <div
      className={`jp-NanochatLearn-state${alert ? ' jp-mod-failed' : ''}`}
      role={alert ? 'alert' : 'status'}
    >
      <p>{text}</p>
      {hint !== '' && <p className="jp-NanochatLearn-quiet">{hint}</p>}
      {offers.map(({ label, click }) => (
        <button
          key={label}
          type="button"
          className="jp-NanochatLearn-do"
          onClick={click}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

/** An index run under way; stands above whatever else there is to see. */
export function IndexBar({
  run: { done, total, filePath, stop },
  trans
}: {
  run: IIndexRun;
  trans: TranslationBundle;
}): JSX.Element {
  const words =
    total === 0
      ? trans.__('Looking for code and notes…')
      : trans.__('Reading %1 of %2', done, total);
  return (
    <div className="jp-NanochatLearn-indexing">
      <div className="jp-NanochatLearn-indexingWords">
        <span role="status">{words}</span>
        <button
          type="button"
          className="jp-NanochatLearn-tool"
          onClick={() => stop()}
        >
          {trans.__('Stop')}
        </button>
      </div>
      <progress
        aria-label={trans.__('Indexing')}
        {...(total === 0 ? {} : { value: done, max: total })}
      />
      <div className="jp-NanochatLearn-indexingFile" title={filePath}>
        {filePath}
      </div>
    </div>
  );
}
