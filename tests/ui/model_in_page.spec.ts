/**
 * A picture that runs a model, in the concept panel of a real JupyterLab: the files come from
 * the server, with a sentence and another try where they do not, and then the model runs in
 * the page; no kernel is started for it.
 */
import { expect, test } from '@playwright/test';

import { execute, look, openLab } from './lab';

const PANEL = '#nanochat-learn-concept';
const FILES = '**/nanochat-learn/api/models/**';

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
