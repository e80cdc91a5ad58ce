/** A question of a lesson, with the answers that were given to it. */
import * as React from 'react';

import type { QuizForm } from '../api/types.gen';
import { Quiz } from '../parts/quiz';
import type { IFormProps } from './services';
import { give, useDone } from './use-done';

export function LessonQuiz(
  props: IFormProps & { output: QuizForm }
): JSX.Element {
  const { output, trans } = props;
  const done = useDone(props, output, 'quiz');
  return (
    <section aria-label={trans.__('Question')}>
      <Quiz
        form={output}
        answers={done.map(({ answer }) => answer)}
        answer={(text, right) =>
          give(props, output, {
            kind: 'quiz',
            outcome: right ? 'right' : 'wrong',
            answer: text
          })
        }
        trans={trans}
      />
    </section>
  );
}
