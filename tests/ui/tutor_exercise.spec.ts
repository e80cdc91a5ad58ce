/** Asking from inside an exercise: what goes along, and what never comes back. */
import { expect, type Page } from '@playwright/test';

import { BASE } from './address';
import { execute, test } from './lab';
import { look } from './look';
import { answer, ask, FakeModel, follow, openTutor } from './tutor_page';

const LESSON = '90_an_exercise';
const CHECKS = `
EXERCISES = {
    "sums": Exercise(
        check=None,
        hints=("Multiply pair by pair.", "Then add up."),
        reference='answer = (a * b).sum()\\ncheck("sums", answer)\\n',
    ),
}
`;
const NOTEBOOK = {
  metadata: {
    kernelspec: {
      name: 'python3',
      display_name: 'Python 3',
      language: 'python'
    },
    nanochat_learn: {
      id: LESSON,
      title: 'An exercise',
      concepts: ['foundations.dot_product'],
      minutes: 5,
      items: [
        { id: 'sums', kind: 'exercise', concepts: ['foundations.dot_product'] }
      ]
    }
  },
  nbformat: 4,
  nbformat_minor: 5,
  cells: [
    {
      cell_type: 'markdown',
      id: 'asked',
      metadata: {},
      source: 'Work out the dot product.'
    },
    {
      cell_type: 'code',
      id: 'sums',
      metadata: { exercise: 'sums' },
      source: 'answer = ...  # your lines here',
      outputs: [],
      execution_count: null
    }
  ]
};

/** A file of the workspace through Jupyter, or (without `model`) gone again. */
async function put(page: Page, path: string, model?: object): Promise<void> {
  const status = await page.evaluate(
    async ([url, body]) => {
      const xsrf = /_xsrf=([^;]+)/.exec(document.cookie)?.[1] ?? '';
      const { status } = await fetch(url, {
        method: body === '' ? 'DELETE' : 'PUT',
        ...(body === '' ? {} : { body }),
        headers: { 'X-XSRFToken': xsrf, 'Content-Type': 'application/json' }
      });
      return status;
    },
    [
      `${BASE}api/contents/${path}`,
      model === undefined ? '' : JSON.stringify(model)
    ] as const
  );
  expect([200, 201, 204]).toContain(status);
}

test('inside an exercise a hint comes first, and no solution comes at all', async ({
  page
}) => {
  const fake = await FakeModel.start();
  const notebook = `lessons/${LESSON}.ipynb`;
  try {
    const panel = await openTutor(page, there => follow(there, fake, 'solves'));
    await put(page, 'lessons/checks', { type: 'directory' });
    await put(page, `lessons/checks/${LESSON}.py`, {
      type: 'file',
      format: 'text',
      content: CHECKS
    });
    await put(page, notebook, {
      type: 'notebook',
      format: 'json',
      content: NOTEBOOK
    });
    await execute(page, 'nanochat-learn:index-workspace');
    await execute(page, 'docmanager:open', { path: notebook });
    await page.locator('.jp-Notebook:visible .jp-CodeCell').click();

    await panel.getByRole('button', { name: 'active cell' }).click();
    await panel.getByRole('button', { name: 'what you understood' }).click();
    await ask(panel, 'What is the answer?');
    const said = answer(panel);
    await expect(said).toContainText('Do you see why?');
    await expect(said).toContainText('this would solve the exercise');
    await expect(said).toContainText('hint("sums")');
    await expect(said).not.toContainText('.sum()');
    await expect(said).not.toContainText('# solved');

    const sent = (await fake.asked()).at(-1)?.body.messages ?? [];
    expect(sent[0].content).toContain('Do not solve it.');
    expect(sent[1].content).toContain('| Work out the dot product.');
    expect(sent[1].content).toContain('| Hint 1, the next one: Multiply');
    expect(sent[1].content).not.toContain('Then add up');
    expect(sent[1].content).not.toContain('(a * b).sum()');

    await look(page, 'tutor-exercise');
    // As it was: the other tests share the server and its settings.
    await panel.getByRole('button', { name: 'active cell' }).click();
    await panel.getByRole('button', { name: 'what you understood' }).click();
  } finally {
    await put(page, notebook);
    await put(page, `lessons/checks/${LESSON}.py`);
    fake.stop();
  }
});
