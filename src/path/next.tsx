/** The one thing to do now, with its reason, and how much is left. */
import * as React from 'react';

import type { Progress } from '../api/types.gen';
import { withCode } from '../parts/with-code';
import { CommandIds } from '../tokens';
import { lessonIn } from './rows';
import type { IServices } from './services';
import { itemName, lessonNumber, minutesText } from './words';

export function Next(
  props: IServices & {
    readonly progress: Progress;
    /** Somebody came here on purpose: the button takes the focus. */
    readonly takeFocus: () => boolean;
  }
): JSX.Element {
  const { commands, progress, takeFocus, trans } = props;
  const { next, minutes_left } = progress;
  const lesson = lessonIn(progress, next?.lesson ?? null);
  const item = lesson?.items.find(({ id }) => id === next?.item);
  const button = React.useRef<HTMLButtonElement>(null);
  React.useEffect(() => {
    if (takeFocus()) {
      button.current?.focus();
    }
  });
  if (next === null) {
    return (
      <section className="jp-NanochatLearn-next" aria-label={trans.__('Next')}>
        <p>
          <strong>
            {trans.__('You have understood everything that is written so far.')}
          </strong>
        </p>
        <p className="jp-NanochatLearn-quiet">
          {trans.__(
            'Lessons to come are marked below. Any lesson can be opened again.'
          )}
        </p>
      </section>
    );
  }
  return (
    <section className="jp-NanochatLearn-next" aria-label={trans.__('Next')}>
      <p className="jp-NanochatLearn-quiet">{trans.__('Next')}</p>
      <p>
        <strong>
          {lessonNumber(next.lesson)} · {lesson?.title ?? next.lesson}
        </strong>
        {item !== undefined && <> · {itemName(item, trans)}</>}
      </p>
      <p>{withCode(next.reason)}</p>
      <p className="jp-NanochatLearn-nextDo">
        <button
          ref={button}
          type="button"
          className="jp-NanochatLearn-do jp-mod-first"
          onClick={() => void commands.execute(CommandIds.goOn)}
        >
          {trans.__('Go on')}
        </button>
        <span className="jp-NanochatLearn-quiet">
          {lesson !== null && lesson.minutes_left > 0
            ? trans.__(
                '%1 left in this lesson, %2 in all',
                minutesText(lesson.minutes_left, trans),
                minutesText(minutes_left, trans)
              )
            : trans.__('%1 left in all', minutesText(minutes_left, trans))}
        </span>
      </p>
    </section>
  );
}
