/**
 * Notebook 7: one document a page, no launcher, another shell. The marks show, a click
 * opens the concept in the right area, the graph comes by command and by menu.
 * Runs where the package `notebook` is installed.
 */
import { expect, type Page } from '@playwright/test';

import { BASE, TOKEN } from './address';
import { execute, openLab, test } from './lab';
import { look } from './look';
import { forgetLesson, NOTEBOOK, writeLesson } from './made_up_lesson';

const GRAPH = '#nanochat-learn-graph';
const CONCEPT = '#nanochat-learn-concept';
const TOOLTIP = '.jp-NanochatLearn-tooltip';

const errors: string[] = [];

test.beforeEach(async ({ page, request }) => {
  const answer = await request.get(`${BASE}tree?token=${TOKEN}`);
  test.skip(
    answer.status() === 404,
    'Notebook 7 is not installed here: `pip install notebook` to run these tests.'
  );
  errors.length = 0;
  // Notebook 7.6 throws one of its own at start; only what passes through us counts.
  page.on('pageerror', error => {
    if (error.stack?.includes('extensions/nanochat-learn/')) {
      errors.push(error.message);
    }
  });
});

test.afterEach(() => expect(errors).toEqual([]));

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${BASE}${path}?token=${TOKEN}&reset`);
  await page.waitForFunction(() => window.jupyterapp?.commands !== undefined, {
    timeout: 60_000
  });
}

test('a lesson: menu, graph, tags by key, marks, concept panel, tutor', async ({
  page
}) => {
  await open(page, 'notebooks/lessons/00_start_here.ipynb');
  await page.getByRole('menuitem', { name: 'Learn' }).click();
  await page.getByRole('menuitem', { name: 'Show the Graph' }).click();
  await expect(
    page.locator(`#jp-left-stack ${GRAPH} canvas`).first()
  ).toBeVisible();
  await look(page, 'notebook7-1-graph');

  await execute(page, 'nanochat-learn:next-tag');
  await expect(
    page
      .locator('.jp-Notebook .cm-announced')
      .filter({ hasText: /tag 1 of \d+/ })
  ).toHaveCount(1);
  await execute(page, 'nanochat-learn:fold-tags');
  await execute(page, 'nanochat-learn:fold-tags');

  const marker = page
    .locator('.jp-Notebook .jp-NanochatLearn-marker')
    .locator('visible=true')
    .first();
  await marker.scrollIntoViewIfNeeded();
  await marker.hover();
  await expect(page.locator(`${TOOLTIP} strong`)).not.toBeEmpty();
  await marker.click();
  await expect(
    page.locator(`#jp-right-stack ${CONCEPT} header h2`)
  ).toBeVisible();
  await look(page, 'notebook7-2-concept');

  await execute(page, 'nanochat-learn:index-workspace');
  await execute(page, 'nanochat-learn:show-tutor');
  const tutor = page.locator('#jp-right-stack #nanochat-learn-tutor');
  const box = tutor.getByRole('textbox', { name: 'Your question' });
  await expect(box).toBeFocused();
  await box.fill('What is rope?');
  await box.press('Enter');
  await expect(
    tutor.locator('.jp-NanochatLearn-reply [data-kind="concept"]').first()
  ).toBeVisible();
  await look(page, 'notebook7-4-tutor');
});

test('a lesson is answered, its still lives, and the path knows', async ({
  page
}) => {
  await openLab(page);
  const root = await writeLesson(page);
  await open(page, `notebooks/${NOTEBOOK}`);
  await expect(
    page.locator('.jp-NanochatLearn-livePicture .nl-root')
  ).toBeVisible();
  const question = page.getByRole('region', { name: 'Question', exact: true });
  await question.getByRole('radio').first().check();
  await question.getByRole('button', { name: 'Answer' }).click();
  await expect(question).toContainText('Same in, same out.');
  await execute(page, 'nanochat-learn:show-path');
  await expect(
    page.locator('#jp-left-stack').getByRole('treeitem', {
      name: /^Lesson 90, Made up: shares, begun/
    })
  ).toBeVisible();
  await look(page, 'notebook7-5-lesson');
  forgetLesson(root);
});

test('a file of code has its marks too', async ({ page }) => {
  await open(page, 'edit/nanochat/gpt.py');
  const marker = page
    .locator('.jp-FileEditor .jp-NanochatLearn-marker')
    .locator('visible=true')
    .first();
  await marker.click();
  await expect(page.locator(`${CONCEPT} header h2`)).toBeVisible();
});
