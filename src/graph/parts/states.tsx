/** The panel without a map: one sentence and what to do next, for each reason. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { CommandIds, type IIndexRun } from '../../tokens';
import { graphIcon } from '../icon';
import type { IServices } from '../services';
import type { Stage } from '../stage';

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
        <Sentence
          busy={true}
          text={trans.__('Loading the graph…')}
          hint={trans.__('Concepts, code and how they hang together.')}
          offers={[]}
        />
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
      return indexing ? (
        <Reading trans={trans} />
      ) : (
        <Sentence
          text={trans.__('There is no map of “%1” yet.', stage.name)}
          hint={trans.__(
            'Indexing reads the code and the notes and finds how they hang together. It takes a few seconds, and nothing leaves your computer.'
          )}
          offers={[index(trans.__('Index this workspace'))]}
        />
      );
    case 'empty':
      return indexing ? (
        <Reading trans={trans} />
      ) : (
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

/** While the first map is made: what is coming. The progress stands above. */
function Reading({ trans }: { trans: TranslationBundle }): JSX.Element {
  return (
    <Sentence
      busy={true}
      text={trans.__('The map is being made.')}
      hint={trans.__(
        'Each file is read once; later only what you change is read again.'
      )}
      offers={[]}
    />
  );
}

/** The filter lets nothing through. Lies on the empty map. */
export function NothingShown({
  trans,
  showAll
}: {
  trans: TranslationBundle;
  showAll: () => void;
}): JSX.Element {
  return (
    <div className="jp-NanochatLearn-nothing">
      <Sentence
        text={trans.__('Nothing is shown: the Key hides everything.')}
        offers={[{ label: trans.__('Reset the Key'), click: showAll }]}
      />
    </div>
  );
}

interface Offer {
  readonly label: string;
  readonly click: () => void;
}

function Sentence({
  text,
  hint = '',
  offers,
  alert = false,
  busy = false
}: {
  text: string;
  hint?: string;
  offers: readonly Offer[];
  alert?: boolean;
  busy?: boolean;
}): JSX.Element {
  return (
    <div
      className={`jp-NanochatLearn-state${alert ? ' jp-mod-failed' : ''}${busy ? ' jp-mod-busy' : ''}`}
      role={alert ? 'alert' : 'status'}
    >
      <graphIcon.react
        className="jp-NanochatLearn-stateIcon"
        width="40px"
        height="40px"
        aria-hidden="true"
      />
      <p>{text}</p>
      {hint !== '' && <p className="jp-NanochatLearn-quiet">{hint}</p>}
      {offers.map(({ label, click }, n) => (
        <button
          key={label}
          type="button"
          className={`jp-NanochatLearn-do${n === 0 ? ' jp-mod-first' : ''}`}
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
