/**
 * Questions that were missed some days ago, one after the other. An answered one stays until
 * the learner has read what it says.
 */
import * as React from 'react';

import type { ReviewItem } from '../api/types.gen';
import { Quiz } from '../parts/quiz';
import type { IServices } from './services';

export function Reviews(
  props: IServices & { readonly reviews: readonly ReviewItem[] }
): JSX.Element | null {
  const { reviews, session, learned, trans } = props;
  const [shown, show] = React.useState<ReviewItem | null>(null);
  /** What was answered to it since it is shown. */
  const [answers, setAnswers] = React.useState<readonly string[]>([]);
  const title = React.useRef<HTMLParagraphElement>(null);
  const left = reviews.filter(review => !same(review, shown));
  const begin = (review: ReviewItem | undefined): void => {
    show(review ?? null);
    setAnswers([]);
    title.current?.focus();
  };
  if (reviews.length === 0 && shown === null) {
    return null;
  }
  const give = (
    { lesson, item }: ReviewItem,
    answer: string,
    right: boolean
  ): void => {
    setAnswers([...answers, answer]);
    void learned.give(session.document.value, {
      lesson,
      item,
      kind: 'quiz',
      outcome: right ? 'right' : 'wrong',
      answer
    });
  };
  return (
    <section
      className="jp-NanochatLearn-reviews"
      aria-label={trans.__('Questions to look at again')}
    >
      <p ref={title} tabIndex={-1}>
        {trans._n(
          '%1 question that you missed waits for another try.',
          '%1 questions that you missed wait for another try.',
          left.length + (shown === null ? 0 : 1)
        )}
      </p>
      {shown === null ? (
        <button
          type="button"
          className="jp-NanochatLearn-do"
          onClick={() => begin(reviews[0])}
        >
          {trans._n('Look at it', 'Look at them', reviews.length)}
        </button>
      ) : (
        <>
          <Quiz
            key={`${shown.lesson} ${shown.item}`}
            form={shown.question}
            answers={answers}
            answer={(answer, right) => give(shown, answer, right)}
            trans={trans}
          />
          <div className="jp-NanochatLearn-deeds">
            <button
              type="button"
              className="jp-NanochatLearn-do"
              onClick={() => begin(left[0])}
            >
              {left.length > 0 ? trans.__('Next question') : trans.__('Close')}
            </button>
          </div>
        </>
      )}
    </section>
  );
}

function same(one: ReviewItem, other: ReviewItem | null): boolean {
  return one.lesson === other?.lesson && one.item === other.item;
}
