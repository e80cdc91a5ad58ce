/** The path panel: the next step, the tree, reviews, a file of progress, a lesson begun anew. */
import { readFileSync } from 'node:fs';

import { expect } from '@playwright/test';

import { axe } from './axe';
import { execute, inBothThemes, openLab, test } from './lab';
import { look } from './look';
import { forgetLesson, LESSON, writeLesson } from './made_up_lesson';

const PATH = '#nanochat-learn-path';
const DAY = 86_400_000;

/** An exercise solved five days ago, and a question missed later, as a file from elsewhere. */
function carried(): string {
  const line = (
    id: string,
    days: number,
    item: string,
    kind: string,
    outcome: string
  ) => ({
    format: 1,
    id,
    at: new Date(Date.now() - days * DAY).toISOString(),
    lesson: LESSON,
    kind,
    item,
    outcome,
    answer: 'They are `0.5` each'
  });
  return JSON.stringify({
    format: 1,
    evidence: [
      line('carried-0001', 5, 'shares', 'check', 'right'),
      line('carried-0002', 4, 'q1', 'quiz', 'wrong')
    ]
  });
}

test('the path leads on, asks again, and is carried away', async ({ page }) => {
  await openLab(page);
  const root = await writeLesson(page);
  await execute(page, 'nanochat-learn:index-workspace');
  await page.keyboard.press('Alt+Shift+L');
  const path = page.locator(PATH);
  const next = path.getByRole('region', { name: 'Next' });
  const goOn = next.getByRole('button', { name: 'Go on' });
  await expect(goOn).toBeFocused();
  const row = (name: RegExp) => path.getByRole('treeitem', { name });
  await expect(path.locator('[aria-level="1"]').first()).toBeVisible();
  const clusters = await path.locator('[aria-level="1"]').count();
  expect(clusters).toBeGreaterThanOrEqual(6);
  await look(page, 'path-1-first');
  await axe(page, PATH);

  // Progress from elsewhere: one file, and what is wrong with another one is said.
  const importing = path.getByRole('button', { name: 'Import progress' });
  for (const [name, body] of [
    ['photo.json', 'no JSON'],
    ['progress.json', carried()]
  ]) {
    const choosing = page.waitForEvent('filechooser');
    await importing.click();
    const buffer = Buffer.from(body);
    const chooser = await choosing;
    await chooser.setFiles({ name, mimeType: 'application/json', buffer });
  }
  await expect(page.getByText(/This file is not JSON/)).toBeVisible();
  await expect(page.getByText('Imported: 2 new entries')).toBeVisible();
  await expect(next).toContainText('Made up: shares');
  await expect(next).toContainText('is not right yet');

  // The tree, by keyboard: a lesson tells its items, a concept opens and is lit.
  await goOn.focus();
  const lesson = row(/^Lesson 90, Made up: shares, begun/);
  if (!(await lesson.isVisible())) {
    await row(/^Architecture/).click();
  }
  await lesson.click();
  const told = path.getByRole('region', { name: 'Made up: shares' });
  await expect(told).toContainText('Exercise: right');
  await expect(told).toContainText('Question: not right');
  await expect(told).toContainText('Prediction: open');
  await expect(lesson).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(row(/^Concept .*, shaky$/)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#nanochat-learn-concept header h2')).toBeVisible();
  await expect(path).toContainText('in lesson');
  await inBothThemes(page, async theme => {
    await look(page, `path-2-${theme}`);
    await axe(page, PATH);
  });

  // What was missed days ago is asked again, here.
  const reviews = path.getByRole('region', {
    name: 'Questions to look at again'
  });
  await reviews.getByRole('button', { name: 'Look at it' }).click();
  await reviews.getByRole('radio').first().check();
  await reviews.getByRole('button', { name: 'Answer' }).click();
  await expect(reviews).toContainText('Same in, same out.');
  await look(page, 'path-3-review');
  await axe(page, PATH);
  await reviews.getByRole('button', { name: 'Close' }).click();
  await expect(reviews).toBeHidden();

  // Go on: the notebook opens at the cell of the item that comes next.
  await expect(next).toContainText(/Question|Prediction/);
  await goOn.click();
  const active = page.locator('.jp-Notebook .jp-Cell.jp-mod-active');
  await expect(active.locator('.cm-content').first()).toContainText(
    /predict\("largest"\)|quiz\("q2"\)/
  );

  // The map coloured by what was understood, and its list in words.
  await execute(page, 'nanochat-learn:show-mastery');
  const graph = page.locator('#nanochat-learn-graph');
  await graph.getByRole('button', { name: 'Key' }).click();
  await expect(
    graph.getByText('Concepts by what you understood')
  ).toBeVisible();
  await look(page, 'path-4-key');
  await graph.getByRole('button', { name: 'Close the key' }).click();
  await graph.getByRole('button', { name: 'Clear' }).click();
  await page.waitForTimeout(500); // the camera comes to rest before the picture is taken
  await look(page, 'path-4-map');
  await graph.getByRole('button', { name: 'List' }).click();
  await graph.getByRole('treeitem', { name: /^Architecture/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(
    graph
      .getByRole('treeitem', { name: /concept,.* (started|understood)$/ })
      .first()
  ).toBeVisible();
  await look(page, 'path-5-list');

  // Begin anew: said before, done after; the file of progress still has all of it.
  await execute(page, 'nanochat-learn:show-path');
  await lesson.click();
  await told.getByRole('button', { name: 'Begin anew…' }).click();
  const dialog = page.locator('.jp-Dialog');
  await expect(dialog).toContainText('no longer count');
  await look(page, 'path-6-anew');
  await dialog.getByRole('button', { name: 'Begin Anew' }).click();
  await expect(row(/^Lesson 90, Made up: shares, not begun/)).toBeVisible();
  const downloading = page.waitForEvent('download');
  await path.getByRole('button', { name: 'Export progress' }).click();
  const file = await (await downloading).path();
  const { evidence } = JSON.parse(readFileSync(file, 'utf-8')) as {
    evidence: { kind: string }[];
  };
  expect(evidence.map(({ kind }) => kind).sort()).toEqual([
    'check',
    'quiz',
    'quiz',
    'reset'
  ]);

  // 250 pixels, and after a reload it is there again; a server that fails is a sentence.
  await path.evaluate(node => {
    const side = node.closest<HTMLElement>('#jp-left-stack') ?? node;
    side.style.maxWidth = '250px';
    (node as HTMLElement).style.width = '250px';
  });
  const width = await path.evaluate(node => ({
    own: node.clientWidth,
    needs: Math.max(
      ...[...node.querySelectorAll('*')].map(part => part.scrollWidth)
    )
  }));
  expect(width.own).toBeLessThanOrEqual(250);
  expect(width.needs).toBeLessThanOrEqual(width.own);
  await look(page, 'path-7-narrow');
  await page.waitForTimeout(1500); // JupyterLab saves its layout a moment later
  await page.route(/nanochat-learn\/api\/progress/, route =>
    route.fulfill({ status: 500 })
  );
  await page.goto(page.url().split('?')[0] ?? '');
  await expect(path.getByRole('alert')).toContainText('status 500', {
    timeout: 60_000
  });
  await page.unroute(/nanochat-learn\/api\/progress/);
  await path.getByRole('button', { name: 'Try again' }).click();
  await expect(goOn).toBeVisible();

  // So is the choice of the map's colours, until it is taken back.
  await execute(page, 'nanochat-learn:show-graph');
  await graph.getByRole('button', { name: 'Key' }).click();
  const coloured = graph.getByRole('checkbox', {
    name: 'Concepts by what you understood'
  });
  await expect(coloured).toBeChecked();
  await coloured.uncheck();

  // The launcher has a card for the next step.
  await execute(page, 'launcher:create');
  await expect(
    page.locator('.jp-LauncherCard:visible', { hasText: /^Continue: / })
  ).toBeVisible();
  forgetLesson(root);
});
