/**
 * A picture that runs a model, in the concept panel of a real JupyterLab: the files come from
 * the server, with a sentence and another try where they do not, and then the model runs in
 * the page; no kernel is started for it.
 */
import { expect, type Page } from '@playwright/test';

import { execute, openLab, test } from './lab';
import { look } from './look';

const PANEL = '#nanochat-learn-concept';
const FILES = '**/nanochat-learn/api/models/**';

interface IServed {
  readonly serviceManager: {
    readonly contents: { save(path: string, model: object): Promise<unknown> };
  };
}

const CELL = { metadata: {}, source: '' };
/** As `picture("next_token_game", model="stories-chat")` writes it, and a still in a text. */
const NOTEBOOK = {
  cells: [
    {
      ...CELL,
      id: 'a',
      cell_type: 'code',
      execution_count: 1,
      outputs: [
        {
          output_type: 'display_data',
          metadata: {},
          data: {
            'text/plain': 'Guess the next token',
            'application/vnd.nanochat-learn.lesson+json': {
              kind: 'picture',
              picture: 'next_token_game',
              title: 'Guess the next token',
              inputs: { model: ['stories-chat'] },
              params: { temperature: 2 }
            }
          }
        }
      ]
    },
    {
      ...CELL,
      id: 'b',
      cell_type: 'markdown',
      source: '![Guess](pictures/next_token_game.svg)'
    }
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5
};

const save = (page: Page, path: string, content: object) =>
  page.evaluate(
    async ([where, notebook]) => {
      const { contents } = (window.jupyterapp as unknown as IServed)
        .serviceManager;
      await contents.save(where as string, {
        type: 'notebook',
        format: 'json',
        content: notebook
      });
    },
    [path, content]
  );

test('the game runs the shipped model in the panel, without a kernel', async ({
  page
}) => {
  const kernels: string[] = [];
  page.on('request', request => {
    if (
      request.method() === 'POST' &&
      /api\/(kernels|sessions)/.test(request.url())
    ) {
      kernels.push(request.url());
    }
  });
  await openLab(page);
  const before = kernels.length;
  await page.route(FILES, route => route.abort());
  await execute(page, 'nanochat-learn:open-concept', {
    id: 'foundations.next_token'
  });
  const figure = page.locator(PANEL).getByRole('figure', {
    name: 'Guess the next token'
  });
  await expect(figure).toContainText('Recorded numbers');
  const fetching = figure.locator('.jp-NanochatLearn-fetching');
  await expect(fetching).toContainText(
    'The model stories-base could not be loaded.'
  );
  await expect(fetching).toContainText('What is shown was recorded.');
  await page.unroute(FILES);
  await fetching.getByRole('button', { name: 'Try again' }).click();
  await expect(figure).toContainText(
    'The model stories-base runs in this page, without a kernel: 851,968 weights'
  );
  await expect(fetching).toHaveCount(0);
  await figure.getByRole('button', { name: '␣walk', exact: true }).click();
  await expect(figure.locator('.nl-question')).toContainText(
    'The story goes on with “␣walk”. The model gave it 58.2%'
  );
  await figure.getByRole('textbox').fill('Lucy had a kite');
  await expect(figure.locator('.nl-chip-name').last()).toHaveText('␣kite');
  await figure.scrollIntoViewIfNeeded();
  await look(page, 'model-in-page');
  expect(kernels.slice(before)).toEqual([]);
});

test('the game runs the model that a cell names, and in place of a still', async ({
  page
}) => {
  await openLab(page);
  await save(page, 'lessons/game.ipynb', NOTEBOOK);
  await execute(page, 'docmanager:open', {
    path: 'lessons/game.ipynb',
    kernelPreference: { shouldStart: false, canStart: false }
  });
  const output = page.locator('.jp-Cell-outputArea .nl-root');
  await expect(output).toContainText(
    'The model stories-chat runs in this page, without a kernel'
  );
  await expect(
    output.getByRole('slider', { name: /^temperature/ })
  ).toHaveValue('2');
  const still = page.locator('.jp-MarkdownCell .nl-root');
  await still.scrollIntoViewIfNeeded();
  await expect(still).toContainText('The model stories-base runs in this page');
  await still.getByRole('textbox').fill('Tom was');
  await still.getByRole('textbox').press('b'); // typed, no command of the notebook
  await expect(still.locator('.nl-chip-name').last()).toHaveText('b');
  await look(page, 'model-in-notebook');
});
