/**
 * A small lesson with outputs, written into the workspace of the server under test as a kernel
 * and a learner would have left it; and the evidence that the server has.
 */
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';

import type { Page } from '@playwright/test';

export const LESSON = '90_made_up';
export const NOTEBOOK = `lessons/${LESSON}.ipynb`;
export const CONCEPT = 'architecture.rmsnorm';

const MIME = 'application/vnd.nanochat-learn.lesson+json';
const items = [
  { id: 'largest', kind: 'prediction', concepts: [CONCEPT] },
  { id: 'shares', kind: 'exercise', concepts: [CONCEPT] },
  { id: 'q1', kind: 'quiz', concepts: [CONCEPT] },
  { id: 'q2', kind: 'quiz', concepts: ['attention.rope'] }
];
const of = (item: string) => ({ lesson: LESSON, item });

const QUIZ = {
  question: 'Two scores are equal. What can you say of their shares?',
  choices: [
    { text: 'They are equal too', right: true, feedback: 'Same in, same out.' },
    {
      text: 'They are `0.5` each',
      right: false,
      feedback: 'Only when there is no third score beside them.'
    }
  ]
};

/** Row 0 holds the scores 1, 2, 4; raw bytes as a kernel sends them. */
const SCORES = Buffer.from(new Float32Array([1, 2, 4]).buffer).toString(
  'base64'
);

export const OUTPUTS = {
  prediction: {
    kind: 'prediction',
    ...of('largest'),
    question: 'Which score gets the largest share in `scores = [1, 2, 4]`?',
    choices: ['the first', 'the last', 'all alike'],
    guess: null
  },
  reveal: {
    kind: 'reveal',
    ...of('largest'),
    question: 'Which score gets the largest share?',
    guess: 'all alike',
    truth: 'the last',
    right: false,
    message: 'A larger score always gets a larger share.'
  },
  check: {
    kind: 'check',
    ...of('shares'),
    right: false,
    message: 'Your shares add up to 7.0. Shares add up to 1.',
    attempts: 2,
    counted: true,
    hints: [
      'What do shares add up to?',
      'Make every score positive: `scores.exp()`.',
      'Divide by the sum.'
    ],
    hints_seen: 0,
    solution: 'shares = scores.exp() / scores.exp().sum()\n'
  },
  compare: {
    kind: 'compare',
    toy: 'toy_softmax',
    real: 'torch.softmax',
    shape: [3],
    difference: 5.9e-8,
    tolerance: 1e-5,
    agree: true,
    message: 'Both ways give the same three shares.'
  },
  picture: {
    kind: 'picture',
    picture: 'softmax_bars',
    title: 'Your three scores',
    inputs: {
      logits: { dtype: 'float32', shape: [3], data: SCORES },
      names: ['one', 'two', 'four']
    },
    params: { temperature: 0.5 }
  },
  quiz: { kind: 'quiz', ...of('q1'), ...QUIZ }
} as const;

const text = (id: string, source: string) => ({
  cell_type: 'markdown',
  id,
  metadata: {},
  source
});
const code = (
  id: string,
  source: string,
  output?: object,
  metadata: object = {}
) => ({
  cell_type: 'code',
  id,
  metadata,
  source,
  execution_count: null,
  outputs:
    output === undefined
      ? []
      : [
          {
            output_type: 'display_data',
            metadata: {},
            data: { [MIME]: output, 'text/plain': 'In plain words.' }
          }
        ]
});

const CONTENT = {
  metadata: {
    nanochat_learn: {
      id: LESSON,
      title: 'Made up: shares',
      cluster: 'architecture',
      concepts: [CONCEPT],
      needs: [],
      minutes: 20,
      difficulty: 1,
      objectives: ['Say what a share is.'],
      items
    },
    kernelspec: { name: 'python3', display_name: 'Python 3' }
  },
  nbformat: 4,
  nbformat_minor: 5,
  cells: [
    text(
      'hook',
      '# Made up: shares\n\n![Scores become shares](pictures/softmax_bars.svg)'
    ),
    code('predict', 'predict("largest")', OUTPUTS.prediction),
    code('reveal', 'reveal("largest", name)', OUTPUTS.reveal),
    code('shares', '# your turn\nshares = ...', OUTPUTS.check, {
      exercise: 'shares'
    }),
    code('compare', 'compare(toy_softmax, real, x)', OUTPUTS.compare),
    code('picture', 'picture("softmax_bars", logits=x)', OUTPUTS.picture),
    code('quiz', 'quiz("q1")', OUTPUTS.quiz),
    code('more', '# the last one\nquiz("q2")')
  ]
};

/** JSON is YAML too. */
const QUESTIONS = JSON.stringify(
  {
    predictions: {
      largest: {
        question: OUTPUTS.prediction.question,
        choices: OUTPUTS.prediction.choices,
        why: OUTPUTS.reveal.message
      }
    },
    quizzes: {
      q1: QUIZ,
      q2: { ...QUIZ, question: 'Once more: what of equal scores?' }
    }
  },
  null,
  1
);

interface IServed {
  serviceManager: {
    contents: {
      save(path: string, options: object): Promise<unknown>;
    };
  };
}

/** Where the server's files lie, as JupyterLab is told. */
export function serverRoot(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      (
        JSON.parse(
          document.getElementById('jupyter-config-data')?.textContent ?? '{}'
        ) as { serverRoot: string }
      ).serverRoot
  );
}

/**
 * Write the lesson from a page of JupyterLab; whatever was learned before is forgotten.
 * Gives the folder of the workspace.
 */
export async function writeLesson(page: Page): Promise<string> {
  const root = await serverRoot(page);
  forgetLesson(root);
  await page.evaluate(
    async ([notebook, lesson, content, questions]) => {
      const { contents } = (window.jupyterapp as unknown as IServed)
        .serviceManager;
      const checks = 'lessons/checks';
      await contents.save(checks, { type: 'directory' });
      await contents.save(`${checks}/${lesson}.yaml`, {
        type: 'file',
        format: 'text',
        content: questions
      });
      await contents.save(notebook as string, {
        type: 'notebook',
        format: 'json',
        content
      });
    },
    [NOTEBOOK, LESSON, CONTENT, QUESTIONS] as const
  );
  return root;
}

/** The workspace as if there had been no such lesson. */
export function forgetLesson(root: string): void {
  rmSync(resolve(root, NOTEBOOK), { force: true });
  rmSync(resolve(root, `lessons/checks/${LESSON}.yaml`), { force: true });
  rmSync(resolve(root, 'progress'), { recursive: true, force: true });
}
