/** A panel without a graph: why, and what to do next, for each reason. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { LabIcon } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import * as React from 'react';

import { CommandIds, type ISession } from '../tokens';
import { type IOffer, Sentence } from './sentence';
import type { Stage } from './stage';

/** What is the panel's own: the same reasons, said of what it will show. */
export interface IWaitingWords {
  readonly loading: string;
  /** While an index run is under way. */
  readonly reading: string;
  /** `name` is the workspace's. */
  readonly notIndexed: (name: string) => string;
  /** What indexing will bring. */
  readonly indexing: string;
}

export interface IWaitingProps {
  /** Every stage but `ready`. */
  readonly stage: Exclude<Stage, { kind: 'ready' }>;
  /** An index run is under way. */
  readonly indexing: boolean;
  readonly words: IWaitingWords;
  readonly icon?: LabIcon;
  readonly services: {
    readonly session: ISession;
    readonly commands: CommandRegistry;
    readonly trans: TranslationBundle;
  };
}

export function Waiting(props: IWaitingProps): JSX.Element {
  const { stage, indexing, words, icon } = props;
  const { session, commands, trans } = props.services;
  const run = (command: string, args = {}): void =>
    void commands.execute(command, args);
  const index = (label: string): IOffer => ({
    label,
    click: () => run(CommandIds.indexWorkspace)
  });
  if (stage.kind === 'failed') {
    return (
      <Sentence
        icon={icon}
        alert={true}
        text={stage.sentence}
        hint={stage.hint}
        offers={[
          { label: trans.__('Try again'), click: () => void session.refresh() }
        ]}
      />
    );
  }
  if (indexing) {
    return (
      <Sentence
        icon={icon}
        busy={true}
        text={words.reading}
        hint={trans.__(
          'Each file is read once; later only what you change is read again.'
        )}
      />
    );
  }
  switch (stage.kind) {
    case 'loading':
      return <Sentence icon={icon} busy={true} text={words.loading} />;
    case 'no-workspace':
      return (
        <Sentence
          icon={icon}
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
      return (
        <Sentence
          icon={icon}
          text={words.notIndexed(stage.name)}
          hint={words.indexing}
          offers={[index(trans.__('Index this workspace'))]}
        />
      );
    case 'empty':
      return (
        <Sentence
          icon={icon}
          text={trans.__(
            'No Python code and no notes were found in “%1”.',
            stage.name
          )}
          hint={trans.__('Add a .py file or a notebook, then index again.')}
          offers={[index(trans.__('Index again'))]}
        />
      );
  }
}
