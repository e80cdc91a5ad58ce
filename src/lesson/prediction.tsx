/** A guess about a cell that has not run. Once stored it stands. */
import * as React from 'react';

import type { PredictionForm } from '../api/types.gen';
import { Choices } from '../parts/choices';
import { useKeptFocus } from '../parts/use-kept-focus';
import { withCode } from '../parts/with-code';
import type { IFormProps } from './services';
import { give, useDone } from './use-done';

export function Prediction(
  props: IFormProps & { output: PredictionForm }
): JSX.Element {
  const { output, trans } = props;
  const { question, choices } = output;
  const done = useDone(props, output, 'prediction');
  const stored = done[0]?.answer ?? output.guess ?? null;
  const [guess, setGuess] = React.useState('');
  const [asks, setAsks] = React.useState(false);
  const box = React.useId();
  const root = React.useRef<HTMLFormElement>(null);
  useKeptFocus(root, form => form.querySelector('p'));
  const chosen = choices.indexOf(stored ?? guess);

  const store = (event: React.FormEvent): void => {
    event.preventDefault();
    const answer = guess.trim();
    setAsks(answer === '');
    if (answer !== '' && stored === null) {
      give(props, output, { kind: 'prediction', outcome: 'given', answer });
    }
  };
  return (
    <section aria-label={trans.__('Your guess')}>
      <form ref={root} className="jp-NanochatLearn-quiz" onSubmit={store}>
        {choices.length > 0 ? (
          <Choices
            question={question}
            choices={choices}
            chosen={chosen < 0 ? null : chosen}
            choose={n => setGuess(choices[n])}
            fixed={stored !== null}
          />
        ) : (
          <>
            <label htmlFor={box} className="jp-NanochatLearn-asked">
              {withCode(question)}
            </label>
            <input
              id={box}
              type="text"
              autoComplete="off"
              maxLength={400}
              value={stored ?? guess}
              readOnly={stored !== null}
              onChange={({ target }) => setGuess(target.value)}
            />
          </>
        )}
        {stored === null && (
          <button
            type="submit"
            className="jp-NanochatLearn-do jp-mod-first"
            aria-disabled={guess.trim() === ''}
          >
            {trans.__('Store my guess')}
          </button>
        )}
        <p role="status" tabIndex={-1} className="jp-NanochatLearn-quiet">
          {stored === null &&
            asks &&
            guess.trim() === '' &&
            (choices.length > 0
              ? trans.__('Choose one of them first: the arrow keys do it, too.')
              : trans.__('Write your guess first.'))}
          {stored !== null &&
            (chosen < 0 && choices.length > 0
              ? trans.__('Your guess is stored: %1', stored)
              : trans.__('Your guess is stored. Now run the next cell.'))}
        </p>
      </form>
    </section>
  );
}
