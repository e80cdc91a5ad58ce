/** The verdict on an exercise, its ladder of hints, and the solution once there was an attempt. */
import * as React from 'react';

import type { CheckResult } from '../api/types.gen';
import { VerdictLine } from '../parts/verdict';
import { useKeptFocus } from '../parts/use-kept-focus';
import { withCode } from '../parts/with-code';
import { CodeBlock } from './code-block';
import type { IFormProps } from './services';
import { give, useDone } from './use-done';

export function Check(
  props: IFormProps & { output: CheckResult }
): JSX.Element {
  const { output, trans } = props;
  const { right, message, attempts, counted, hints, solution } = output;
  const opened = useDone(props, output, 'hint').map(({ answer }) =>
    Number(answer)
  );
  const seen = Math.min(
    hints.length,
    Math.max(output.hints_seen, 0, ...opened.filter(Number.isInteger))
  );
  const [asked, setAsked] = React.useState(false);
  const root = React.useRef<HTMLElement>(null);
  // The button of the last hint goes: the hint itself is what comes next.
  useKeptFocus(root, section => section.querySelector('li:last-child'));
  const verdict = right ? 'right' : counted ? 'wrong' : 'open';
  const word = {
    right: trans.__('Right.'),
    wrong: trans.__('Not right yet.'),
    open: trans.__('Not yet.')
  }[verdict];
  const nextHint = (): void =>
    give(props, output, { kind: 'hint', answer: String(seen + 1) });
  const showSolution = (): void => {
    if (!asked) {
      give(props, output, { kind: 'solution' });
    }
    setAsked(!asked);
  };
  return (
    <section ref={root} aria-label={trans.__('Verdict')}>
      <VerdictLine verdict={verdict} word={word}>
        {withCode(message)}
      </VerdictLine>
      {attempts > 0 && (
        <p className="jp-NanochatLearn-quiet">
          {trans._n('%1 attempt', '%1 attempts', attempts)}
        </p>
      )}
      <ol
        className="jp-NanochatLearn-hints"
        aria-live="polite"
        aria-label={trans.__('Hints')}
      >
        {hints.slice(0, seen).map((text, n) => (
          <li key={n} tabIndex={-1}>
            {withCode(text)}
          </li>
        ))}
      </ol>
      <div className="jp-NanochatLearn-deeds">
        {!right && seen < hints.length && (
          <button
            type="button"
            className="jp-NanochatLearn-do"
            onClick={nextHint}
          >
            {trans.__('Hint %1 of %2', seen + 1, hints.length)}
          </button>
        )}
        {solution !== null && attempts > 0 && (
          <button
            type="button"
            className="jp-NanochatLearn-do"
            aria-expanded={asked}
            onClick={showSolution}
          >
            {asked
              ? trans.__('Hide the solution')
              : trans.__('Show the solution')}
          </button>
        )}
      </div>
      {asked && solution !== null && <CodeBlock {...props} code={solution} />}
    </section>
  );
}
