/** Which form an output of a lesson has: one switch. */
import * as React from 'react';

import type { LessonOutput } from '../api/types.gen';
import { Check } from './check';
import { Compare } from './compare';
import { LessonPicture } from './picture';
import { Prediction } from './prediction';
import { LessonQuiz } from './quiz';
import { Result } from './result';
import { Hint, Solution } from './told';
import type { IFormProps } from './services';
import { Unsent } from './unsent';

export function LessonForm(
  props: IFormProps & { output: LessonOutput }
): JSX.Element {
  const { output, ...services } = props;
  return (
    <>
      <Form {...props} />
      {'item' in output && (
        <Unsent {...services} lesson={output.lesson} item={output.item} />
      )}
    </>
  );
}

function Form(props: IFormProps & { output: LessonOutput }): JSX.Element {
  const { output, ...services } = props;
  switch (output.kind) {
    case 'prediction':
      return <Prediction {...services} output={output} />;
    case 'reveal':
      return <Result {...services} output={output} />;
    case 'quiz':
      return <LessonQuiz {...services} output={output} />;
    case 'check':
      return <Check {...services} output={output} />;
    case 'hint':
      return <Hint {...services} output={output} />;
    case 'solution':
      return <Solution {...services} output={output} />;
    case 'compare':
      return <Compare {...services} output={output} />;
    case 'picture':
      return <LessonPicture {...services} output={output} />;
  }
}
