/** A small path for the tests. No test itself. */
/* eslint-disable jupyter/no-untranslated-string -- nobody sees it */
import type {
  ClusterState,
  ConceptState,
  LessonState,
  Progress
} from '../api/types.gen';

export function lesson(
  id: string,
  more: Partial<LessonState> = {}
): LessonState {
  return {
    id,
    title: `About ${id}`,
    cluster: 'foundations',
    concepts: [],
    file_path: `lessons/${id}.ipynb`,
    state: 'unseen',
    minutes: 20,
    minutes_left: 20,
    items: [],
    resume: null,
    ...more
  } as LessonState;
}

export function concept(
  id: string,
  state: ConceptState['state'],
  lesson: string | null
): ConceptState {
  return {
    id,
    title: id.replace(/^.*\./, ''),
    cluster: 'foundations',
    state,
    reason: `because of ${id}`,
    lesson
  } as ConceptState;
}

/** Two clusters: one begun, one to come. */
export function progressOf(more: Partial<Progress> = {}): Progress {
  const clusters = [
    {
      id: 'foundations',
      title: 'Foundations',
      colour: '#1976d2',
      minutes_left: 32,
      lessons: [
        lesson('01_talk', {
          state: 'started',
          minutes_left: 12,
          resume: 'q1',
          items: [
            {
              id: 'guess',
              kind: 'prediction',
              concepts: [],
              stretch: false,
              state: 'right',
              helped: false
            },
            {
              id: 'q1',
              kind: 'quiz',
              concepts: [],
              stretch: false,
              state: 'open',
              helped: false
            }
          ]
        }),
        lesson('02_shapes', {
          items: [
            {
              id: 'q9',
              kind: 'quiz',
              concepts: [],
              stretch: false,
              state: 'open',
              helped: false
            }
          ]
        }),
        lesson('00_tour', { minutes: 10, minutes_left: 0 })
      ],
      concepts: [
        concept('foundations.next_token', 'understood', '01_talk'),
        concept('foundations.softmax', 'shaky', '01_talk'),
        concept('foundations.tensors', 'unseen', '02_shapes'),
        concept('foundations.probability', 'started', '12_elsewhere')
      ]
    },
    {
      id: 'attention',
      title: 'Attention',
      colour: '#c2185b',
      minutes_left: 0,
      lessons: [
        lesson('13_rope', {
          state: 'to_come',
          file_path: null,
          minutes: 0,
          minutes_left: 0
        })
      ],
      concepts: [concept('attention.rope', 'unseen', '13_rope')]
    }
  ] as ClusterState[];
  return {
    clusters,
    next: {
      lesson: '01_talk',
      item: 'q1',
      concept: null,
      reason: 'You began it and one question is open.'
    },
    reviews: [],
    minutes_left: 32,
    damaged: [],
    ...more
  } as Progress;
}
