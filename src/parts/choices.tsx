/** Choices of a question as radio buttons: one group, one name, arrows walk it. */
import * as React from 'react';

import { withCode } from './with-code';

interface IChoicesProps {
  /** What is asked. */
  readonly question: string;
  readonly choices: readonly string[];
  /** null: nothing is chosen. */
  readonly chosen: number | null;
  readonly choose: (choice: number) => void;
  /** It was answered: nothing can be chosen any more. */
  readonly fixed?: boolean;
  /** Shown beside a choice. */
  readonly beside?: (choice: number) => React.ReactNode;
}

export function Choices(props: IChoicesProps): JSX.Element {
  const { question, choices, chosen, choose, fixed, beside } = props;
  const name = React.useId();
  return (
    <fieldset className="jp-NanochatLearn-choices">
      <legend>{withCode(question)}</legend>
      {choices.map((choice, n) => (
        <div key={n} className="jp-NanochatLearn-oneChoice">
          <label>
            <input
              type="radio"
              name={name}
              checked={chosen === n}
              disabled={fixed === true && chosen !== n}
              onChange={() => fixed !== true && choose(n)}
            />
            <span>{withCode(choice)}</span>
          </label>
          {beside?.(n)}
        </div>
      ))}
    </fieldset>
  );
}
