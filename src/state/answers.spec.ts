import { expect, it } from 'vitest';

import type { Evidence, LessonId } from '../api/types.gen';
import { doneWith, merged } from './answers';

const LESSON = '01_a' as LessonId;

function line(id: string, at: string, more: Partial<Evidence> = {}): Evidence {
  return {
    format: 1,
    id,
    at: `2026-01-01T${at}Z`,
    lesson: LESSON,
    item: 'q1',
    kind: 'quiz',
    outcome: 'wrong',
    answer: id,
    ...more
  };
}

const ids = (lines: readonly Evidence[]): string => lines.map(l => l.id).join();

it('counts a line once, oldest first, however finely its time is written', () => {
  const late = line('late', '10:00:00.5');
  const early = line('early', '10:00:00');
  expect(ids(merged([late, early], [early, late]))).toBe('early,late');
});

it('takes the answers to one item, since the lesson was begun anew', () => {
  const all = [
    line('before', '09:00:00'),
    line('reset', '10:00:00.123456', { kind: 'reset', item: null }),
    line('elsewhere', '10:30:00', { lesson: '02_b' as LessonId }),
    line('guess', '10:40:00', { kind: 'prediction' }),
    line('other', '10:50:00', { item: 'q2' }),
    line('after', '11:00:00')
  ];
  expect(ids(doneWith(all, LESSON, 'q1', 'quiz'))).toBe('after');
  expect(ids(doneWith(all.slice(0, 1), LESSON, 'q1', 'quiz'))).toBe('before');
});
