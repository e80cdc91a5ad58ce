/** The words of the path: states of lessons and items, minutes. No DOM. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ItemState, LessonState } from '../api/types.gen';

function lessonStateName(
  state: LessonState['state'],
  trans: TranslationBundle
): string {
  switch (state) {
    case 'to_come':
      return trans.__('to come');
    case 'unseen':
      return trans.__('not begun');
    case 'started':
      return trans.__('begun');
    case 'done':
      return trans.__('done');
  }
}

export function itemName(
  { kind, stretch }: Pick<ItemState, 'kind' | 'stretch'>,
  trans: TranslationBundle
): string {
  switch (kind) {
    case 'prediction':
      return trans.__('Prediction');
    case 'exercise':
      return stretch ? trans.__('Exercise (extra)') : trans.__('Exercise');
    case 'quiz':
      return trans.__('Question');
  }
}

export function itemStateName(
  { state, helped }: Pick<ItemState, 'state' | 'helped'>,
  trans: TranslationBundle
): string {
  switch (state) {
    case 'open':
      return trans.__('open');
    case 'right':
      return helped
        ? trans.__('right, after the solution was opened')
        : trans.__('right');
    case 'wrong':
      return trans.__('not right');
  }
}

/** As reasons say it: lesson 3. */
export function lessonNumber(id: LessonState['id']): number {
  return Number(id.slice(0, 2));
}

/** `2 h 5 min`. */
export function minutesText(minutes: number, trans: TranslationBundle): string {
  const hours = Math.floor(minutes / 60);
  return hours === 0
    ? trans.__('%1 min', minutes)
    : trans.__('%1 h %2 min', hours, minutes % 60);
}

/** What a lesson's row tells after its title: `begun, 12 min left`. */
export function lessonNote(
  lesson: Pick<LessonState, 'state' | 'minutes' | 'minutes_left' | 'items'>,
  trans: TranslationBundle
): string {
  if (lesson.state === 'unseen' && lesson.items.length === 0) {
    // Nothing in it can tell that it was read.
    return trans.__('%1 to read', minutesText(lesson.minutes, trans));
  }
  const state = lessonStateName(lesson.state, trans);
  return lesson.minutes_left === 0 || lesson.state === 'to_come'
    ? state
    : trans.__('%1, %2 left', state, minutesText(lesson.minutes_left, trans));
}
