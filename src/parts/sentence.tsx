/** A panel that has nothing to show yet: one sentence, why, and what to do next. */
import type { LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

export interface IOffer {
  readonly label: string;
  readonly click: () => void;
}

interface ISentenceProps {
  readonly text: string;
  /** Quieter, below the sentence. */
  readonly hint?: string;
  /** The first one is what most learners want. */
  readonly offers?: readonly IOffer[];
  readonly icon?: LabIcon;
  /** Something failed: it is read out at once. */
  readonly alert?: boolean;
  /** Work is under way. */
  readonly busy?: boolean;
}

export function Sentence(props: ISentenceProps): JSX.Element {
  const { text, hint = '', offers = [], alert = false, busy = false } = props;
  const Icon = props.icon?.react;
  return (
    <div
      className={`jp-NanochatLearn-state${alert ? ' jp-mod-failed' : ''}${busy ? ' jp-mod-busy' : ''}`}
      role={alert ? 'alert' : 'status'}
    >
      {Icon !== undefined && (
        <Icon
          className="jp-NanochatLearn-stateIcon"
          width="40px"
          height="40px"
          aria-hidden="true"
        />
      )}
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
