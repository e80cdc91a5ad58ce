/** The guess beside what came out. */
import * as React from 'react';

import type { PredictionResult } from '../api/types.gen';
import { VerdictLine } from '../parts/verdict';
import { withCode } from '../parts/with-code';
import type { IFormProps } from './services';

export function Result(
  props: IFormProps & { output: PredictionResult }
): JSX.Element {
  const { output, trans } = props;
  const { question, guess, truth, right, message } = output;
  return (
    <section aria-label={trans.__('What came out')}>
      {question !== '' && <p>{withCode(question)}</p>}
      <dl className="jp-NanochatLearn-beside">
        {guess !== null && (
          <div>
            <dt>{trans.__('Your guess')}</dt>
            <dd>{guess}</dd>
          </div>
        )}
        <div>
          <dt>{trans.__('What came out')}</dt>
          <dd>{truth}</dd>
        </div>
      </dl>
      {guess === null ? (
        <p>{withCode(message)}</p>
      ) : (
        <VerdictLine
          verdict={right ? 'right' : 'wrong'}
          word={
            right
              ? trans.__('As you guessed.')
              : trans.__('Not as you guessed.')
          }
        >
          {withCode(message)}
        </VerdictLine>
      )}
    </section>
  );
}
