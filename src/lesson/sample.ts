/** Outputs of a lesson and what surrounds them, for the tests. No test itself. */
import { nullTranslator } from '@jupyterlab/translation';

import type { Evidence, LessonId, LessonOutput } from '../api/types.gen';
import { merged } from '../state/answers';
import { Field } from '../state/field';
import { Pictures } from '../pictures/pictures';
import type { ILearned, IPointing, ISession, IUnsent } from '../tokens';
import type { IFormProps } from './services';

export const LESSON = '12_self_attention' as LessonId;

export const PREDICTION: LessonOutput = {
  kind: 'prediction',
  lesson: LESSON,
  item: 'shape_of_scores',
  question: 'Which shape has `scores`?',
  choices: ['(4, 4)', '(4, 8)'],
  guess: null
};

export const QUIZ: LessonOutput = {
  kind: 'quiz',
  lesson: LESSON,
  item: 'q1',
  question: 'Why divide?',
  choices: [
    { text: 'For speed', right: false, feedback: 'A division costs time.' },
    {
      text: 'To keep `scores` small',
      right: true,
      feedback: 'Long rows sum up.'
    }
  ]
};

export const CHECK: LessonOutput = {
  kind: 'check',
  lesson: LESSON,
  item: 'causal_scores',
  right: false,
  message: 'Row 3 looks at column 5: that is the future.',
  attempts: 1,
  counted: true,
  hints: ['Which shapes?', 'Turn `k` over.', 'Divide at the end.'],
  hints_seen: 0,
  solution: 'scores = q @ k.T\n'
};

/** Evidence as the browser keeps it, without a server. */
export function props(load?: (url: string) => Promise<unknown>): {
  readonly given: Evidence[];
  readonly copied: string[];
  readonly unsent: Field<IUnsent | null>;
  readonly evidence: Field<readonly Evidence[]>;
  readonly session: ISession;
  readonly props: IFormProps;
} {
  const given: Evidence[] = [];
  const copied: string[] = [];
  const evidence = new Field<readonly Evidence[]>([]);
  const unsent = new Field<IUnsent | null>(null);
  const trans = nullTranslator.load('');
  const session = {
    document: new Field('lessons/12_self_attention.ipynb'),
    pointing: new Field<IPointing | null>(null),
    graph: new Field({ kind: 'nothing' })
  } as unknown as ISession;
  const learned = {
    unsent,
    evidence: () => evidence,
    send: () => Promise.resolve(unsent.set(null)),
    give: (_: string, deed: object) => {
      const line = {
        format: 1,
        id: `id-number-${given.length}`,
        at: new Date(1e12 + 1000 * given.length).toISOString(),
        outcome: 'seen',
        answer: '',
        ...deed
      } as Evidence;
      given.push(line);
      evidence.set(merged(evidence.value, [line]));
      return Promise.resolve();
    }
  } as unknown as ILearned;
  return {
    given,
    copied,
    unsent,
    evidence,
    session,
    props: {
      learned,
      session,
      trans,
      document: 'lessons/12_self_attention.ipynb',
      copy: text => void copied.push(text),
      pictures: signal =>
        new Pictures(
          {
            api: {
              pictureUrl: id => `pictures/${id}.js`,
              modelFile: (_, name) =>
                Promise.reject(new Error(`no model ${name} in this test`))
            },
            session,
            themes: null,
            trans,
            lang: 'en',
            load
          },
          signal
        )
    }
  };
}
