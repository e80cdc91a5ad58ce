/**
 * A question with choices: each choice has its own feedback, and it may be tried again. The
 * first answer is the one that counts; that is said before it is given.
 */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { QuizForm } from '../api/types.gen';
import { Choices } from './choices';
import { useKeptFocus } from './use-kept-focus';
import { VerdictLine } from './verdict';
import { withCode } from './with-code';

interface IQuizProps {
  readonly form: Pick<QuizForm, 'question' | 'choices'>;
  /** The choices that were given so far, in words, the first one first. */
  readonly answers: readonly string[];
  readonly answer: (text: string, right: boolean) => void;
  readonly trans: TranslationBundle;
}

export function Quiz(props: IQuizProps): JSX.Element {
  const { form, answers, answer, trans } = props;
  const { choices } = form;
  const placeOf = (text: string | undefined): number =>
    choices.findIndex(choice => choice.text === text);
  const given = placeOf(answers.at(-1));
  const [chosen, setChosen] = React.useState<number | null>(null);
  const [again, setAgain] = React.useState(false);
  const [asks, setAsks] = React.useState(false);
  const root = React.useRef<HTMLFormElement>(null);
  const settled = given >= 0 && !again;
  const shown = settled ? given : chosen;

  const check = (event: React.FormEvent): void => {
    event.preventDefault();
    const choice = chosen === null ? undefined : choices[chosen];
    setAsks(choice === undefined);
    if (choice !== undefined && !settled) {
      setAgain(false);
      answer(choice.text, choice.right);
    }
  };
  const retry = (): void => {
    setChosen(null);
    setAgain(true);
  };
  useKeptFocus(
    root,
    form =>
      form.querySelector<HTMLElement>(settled ? 'button' : 'input') ??
      form.querySelector<HTMLElement>('[role="status"]')
  );
  // Which choices were answered already: they are marked, so that the next try is another.
  const tried = new Set(answers.map(placeOf));
  return (
    <form ref={root} className="jp-NanochatLearn-quiz" onSubmit={check}>
      <Choices
        question={form.question}
        choices={choices.map(({ text }) => text)}
        chosen={shown}
        choose={setChosen}
        fixed={settled}
        beside={n =>
          !settled &&
          tried.has(n) && (
            <span className="jp-NanochatLearn-quiet">
              {trans.__('tried before')}
            </span>
          )
        }
      />
      <div role="status" tabIndex={-1}>
        {!settled && asks && chosen === null && (
          <p className="jp-NanochatLearn-quiet">
            {trans.__('Choose one of them first: the arrow keys do it, too.')}
          </p>
        )}
        {settled && (
          <VerdictLine
            verdict={choices[given].right ? 'right' : 'wrong'}
            word={choices[given].right ? trans.__('Right.') : trans.__('No.')}
          >
            {withCode(choices[given].feedback)}
          </VerdictLine>
        )}
        {settled && choices[given].right && answers.length > 1 && (
          <p className="jp-NanochatLearn-quiet">
            {trans.__(
              'Your first answer was another one: this question comes back in some days.'
            )}
          </p>
        )}
      </div>
      {!settled ? (
        <button
          key="answer"
          type="submit"
          className="jp-NanochatLearn-do jp-mod-first"
          aria-disabled={chosen === null}
        >
          {answers.length === 0 ? trans.__('Answer') : trans.__('Answer again')}
        </button>
      ) : (
        !choices[given].right && (
          <button type="button" className="jp-NanochatLearn-do" onClick={retry}>
            {trans.__('Try again')}
          </button>
        )
      )}
      {!settled && answers.length === 0 && (
        <span className="jp-NanochatLearn-quiet">
          {trans.__('Your first answer counts; afterwards you may try on.')}
        </span>
      )}
    </form>
  );
}
